"""``siting layers fetch`` and ``siting layers import``: layers that the shipped ones lack."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from siting.cli.option import AsJson, Lang, Quiet, echo_json, language_of
from siting.cli.placed import answer, put, shipped_prefectures
from siting.cli.progress import Told
from siting.cli.words import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import TaskID

    from siting.layers.brought.address import Wanted
    from siting.layers.official import Dataset
    from siting.text import Language


ToFolder = Annotated[
    Path, typer.Option("--to", help="Your folder of layers; a study names it: screening.layers.")
]


def layers_fetch(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Official layer; all are listed without.")] = (
        None
    ),
    prefecture: Annotated[
        list[str] | None,
        typer.Option(help="Prefecture: 愛媛県, Ehime or 38; all; may be repeated."),
    ] = None,
    called: Annotated[str | None, typer.Option("--as", help="Another name for the layer.")] = None,
    mesh: Annotated[
        list[str] | None, typer.Option(help="First-order cell of the standard grid, such as 5032.")
    ] = None,
    table: Annotated[str | None, typer.Option(help="Number of a table of e-Stat.")] = None,
    to: ToFolder = Path("layers"),
    url: Annotated[str | None, typer.Option(help="Address, if the one listed has moved.")] = None,
    sha256: Annotated[str | None, typer.Option(help="Checksum that the file must have.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Fetch anew what was fetched before.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Fetch an official layer and put it into your folder; without NAME list what there is."""
    from siting.layers.brought import fetch_files, layer_of
    from siting.layers.brought.address import covered_by, places_of
    from siting.layers.brought.download import Downloads
    from siting.layers.brought.hand import usable_name
    from siting.layers.official import Dataset, find_dataset
    from siting.network.cache import cache_folder

    if name is None:
        list_official(language_of(lang), as_json=as_json)
        return
    dataset = find_dataset(name)
    called = called and usable_name(called)
    if url:
        moved = {"files": ({"url": url},)}
        dataset = Dataset.model_validate(dataset.model_dump(by_alias=True) | moved)
    wanted = what_is_wanted(dataset, prefecture or [], mesh or [], table, context.obj)
    places = places_of(dataset, wanted)
    with progress_bar(quiet=quiet) as told:
        downloads = Downloads(cache_folder() / "downloads", told)
        files = fetch_files(dataset, places, downloads, sha256, again=again)
    with Told(quiet=quiet) as step:
        step(f"reading {len(files.originals)} files")
        brought = layer_of(dataset, files, called)
        step("writing the layer")
        covers = covered_by(dataset, wanted)
        found = put(replace(brought, covers=covers), to, context.obj, language_of(lang))
    answer(found, language_of(lang), as_json=as_json)


def layers_import(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Archive, GeoPackage, GeoJSON, GeoTIFF, CSV, …")],
    name: Annotated[
        str | None, typer.Option("--as", help="Name of the layer; that of an official one or new.")
    ] = None,
    to: ToFolder = Path("layers"),
    crs: Annotated[str | None, typer.Option(help="CRS of a file that does not say its own.")] = (
        None
    ),
    prefecture: Annotated[
        list[str] | None, typer.Option(help="Prefecture that it speaks of; may be repeated.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Whose it is, if no official layer.")] = None,
    licence: Annotated[str | None, typer.Option(help="Its terms, if no official layer.")] = None,
    vintage: Annotated[str | None, typer.Option(help="Year or years it speaks of.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, shown in tables.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it is found.")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Check a file you have, convert it, and put it into your folder of layers."""
    from siting.layers.brought import import_layer
    from siting.layers.brought.address import prefectures_named

    given = {"source": source, "licence": licence, "vintage": vintage, "url": url}
    given |= {"title_ja": title, "title_en": title}
    said = {key: value for key, value in given.items() if value}
    with Told(quiet=quiet) as step:
        step(f"reading {file.name}")
        brought = import_layer(file, name, crs, said)
        if prefecture:
            codes = prefectures_named(prefecture, shipped_prefectures(context.obj))
            brought = replace(brought, covers=codes)
        step("writing the layer")
        found = put(brought, to, context.obj, language_of(lang))
    answer(found, language_of(lang), as_json=as_json)


def what_is_wanted(
    dataset: Dataset, names: list[str], meshes: list[str], table: str | None, data: Path | None
) -> Wanted:
    """Return what is asked for of `dataset`, the prefectures by their codes."""
    from siting.layers.brought.address import EVERYWHERE, Wanted, meshes_of, prefectures_named
    from siting.layers.folder import data_folder
    from siting.layers.read import read_layer
    from siting.layers.spec import MUNICIPALITIES

    found = {"table": table, "app_id": os.environ.get("ESTAT_APP_ID")}
    values = {key: value for key, value in found.items() if value}
    codes: tuple[str, ...] = ()
    if names:
        prefectures = shipped_prefectures(data)
        codes = prefectures_named(names, prefectures)
        if "mesh" in dataset.holes:
            halls = read_layer(data or data_folder(), MUNICIPALITIES)
            meshes = [*meshes, *meshes_of(codes, prefectures, halls)]
    return Wanted(codes, EVERYWHERE in names, tuple(dict.fromkeys(meshes)), values)


def list_official(language: Language, *, as_json: bool) -> None:
    """Say which official layers can be fetched."""
    from rich.table import Table

    from siting.layers.official import read_official

    datasets = read_official().datasets
    if as_json:
        echo_json([dataset.model_dump(by_alias=True) for dataset in datasets])
        return
    table = Table(title=None, box=None, pad_edge=False)
    for column in ("layer", "title", "vintage", "licence", "page"):
        table.add_column(phrase(f"column_{column}", language), overflow="fold")
    for one in datasets:
        title = one.title_ja if language == "ja" else one.title_en
        table.add_row(one.name, title, one.vintage, one.licence, one.page)
    Console().print(table)
    typer.echo(phrase("untried", language))


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """Give a function that shows how much of a file is here, on standard error."""
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    bars = Progress(*columns, console=Console(stderr=True, quiet=quiet))
    shown: dict[str, TaskID] = {}

    def tell(file: str, here: int, total: int | None) -> None:
        if file not in shown:
            bars.start()
            shown[file] = bars.add_task(file, total=total)
        bars.update(shown[file], completed=here, total=total)

    try:
        yield tell
    finally:
        if shown:
            bars.stop()
