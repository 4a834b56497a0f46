"""Fetch an official layer: its files from their publisher, then the layer they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Fetched:
    """The files of a data set that were fetched.

    Attributes
    ----------
    absent : addresses where there may be no file, and is none.
    """

    originals: tuple[Original, ...]
    absent: tuple[str, ...]


def fetch_files(
    dataset: Dataset,
    places: Sequence[Place],
    downloads: Downloads,
    sha256: str | None = None,
    *,
    again: bool = False,
) -> Fetched:
    """Return the files of `dataset` at `places`.

    Parameters
    ----------
    sha256 : what the checksum of the one file must be.
    again : fetch what was fetched before too.

    Raises
    ------
    FetchError
        If a file cannot be fetched; it says what serves until then and how to go on by hand.
    LayerError
        If a checksum is given of several files, or a table was refused.
    """
    if sha256 and len(places) != 1:
        text = f"--sha256 is of one file, and {dataset.name} is made of {len(places)}."
        raise LayerError(f"{text} Leave it out, or name one prefecture.")
    try:
        found = fetched(dataset, places, downloads, sha256, again=again)
    except FetchError as error:
        told = [one._replace(message=f"{one.message} {by_hand(dataset)}") for one in error.located]
        raise type(error).of(told) from None
    if not found.originals:
        text = f"there is no file at {found.absent[0]}, nor at the other addresses."
        raise AbsentError.of_file(dataset.name, [f"{text} {by_hand(dataset)}"])
    return found


def layer_of(dataset: Dataset, files: Fetched, name: str | None = None) -> Brought:
    """Return the layer that `files` of `dataset` become, called `name` or as the data set.

    Raises
    ------
    LayerError
        If a file is not what it should be.
    """
    brought = official_layer(dataset, files.originals, name or dataset.name)
    return replace(brought, absent=files.absent)


def fetched(
    dataset: Dataset,
    places: Sequence[Place],
    downloads: Downloads,
    sha256: str | None,
    *,
    again: bool,
) -> Fetched:
    """Return the files at `places`."""
    originals: list[Original] = []
    absent = []
    for place in places:
        try:
            originals += pages(dataset, place.url, downloads, sha256, again=again)
        except AbsentError:
            if not place.may_lack:
                raise
            absent.append(place.url)
    return Fetched(tuple(originals), tuple(absent))


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
