"""Fetch an official layer: its files from their publisher, then the layer they make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from siting.errors import LayerError
from siting.layers.brought.download import AbsentError, FetchError
from siting.layers.brought.make import official_layer
from siting.layers.official.estat import next_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.layers.brought.address import Place
    from siting.layers.brought.download import Downloads, Original
    from siting.layers.brought.registry import Brought
    from siting.layers.official import Dataset


def fetch_layer(
    dataset: Dataset,
    places: Sequence[Place],
    downloads: Downloads,
    sha256: str | None = None,
    name: str | None = None,
    *,
    again: bool = False,
) -> Brought:
    """Return the layer of `dataset` made of the files at `places`.

    Parameters
    ----------
    name : what it is to be called, if not as the data set.
    sha256 : what the checksum of the one file must be.
    again : fetch what was fetched before too.

    Raises
    ------
    FetchError
        If a file cannot be fetched; it says what serves until then and how to go on by hand.
    LayerError
        If a file is not what it should be.
    """
    if sha256 and len(places) != 1:
        text = f"--sha256 is of one file, and {dataset.name} is made of {len(places)}."
        raise LayerError(f"{text} Leave it out, or name one prefecture.")
    try:
        originals, absent = fetched(dataset, places, downloads, sha256, again=again)
    except FetchError as error:
        told = [one._replace(message=f"{one.message} {by_hand(dataset)}") for one in error.located]
        raise type(error).of(told) from None
    if not originals:
        text = f"there is no file at {absent[0]}, nor at the other addresses."
        raise AbsentError.of_file(dataset.name, [f"{text} {by_hand(dataset)}"])
    brought = official_layer(dataset, originals, name or dataset.name)
    return replace(brought, absent=tuple(absent))


def fetched(
    dataset: Dataset,
    places: Sequence[Place],
    downloads: Downloads,
    sha256: str | None,
    *,
    again: bool,
) -> tuple[list[Original], list[str]]:
    """Return the files at `places`, and the addresses where there may be none and is none."""
    originals: list[Original] = []
    absent = []
    for place in places:
        try:
            originals += pages(dataset, place.url, downloads, sha256, again=again)
        except AbsentError:
            if not place.may_lack:
                raise
            absent.append(place.url)
    return originals, absent


def pages(
    dataset: Dataset, url: str, downloads: Downloads, sha256: str | None, *, again: bool
) -> list[Original]:
    """Return the file at `url`, and the pages that follow if it is a table that comes in pages."""
    found = [downloads.fetch(url, sha256, again=again)]
    if dataset.reader != "estat":
        return found
    try:
        while (start := next_page(found[-1].path)) is not None:
            found.append(downloads.fetch(f"{url}&startPosition={start}", again=again))
    except LayerError:
        downloads.drop(found[-1])  # e-Stat refuses with an answer like any other
        raise
    return found


def by_hand(dataset: Dataset) -> str:
    """Return what serves until the layer is brought, and how to bring it without a network."""
    instead = (
        f"The shipped layer '{dataset.instead}' remains in use."
        if dataset.instead
        else "No shipped layer stands for it; criteria that need it are left out."
    )
    command = f"siting layers import FILE --as {dataset.name}"
    return f"{instead} Get the file by hand from {dataset.page} and run: {command}."
