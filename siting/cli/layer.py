"""``siting layers``: the data layers, and those a user brings."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from siting.cli.bring import layers_fetch, layers_import
from siting.cli.option import AsJson, DataFolder, Lang, echo_json, language_of
from siting.cli.words import phrase

layers_app = typer.Typer(
    help="List, verify, fetch and import the data layers.", invoke_without_command=True
)
layers_app.command("fetch")(layers_fetch)
layers_app.command("import")(layers_import)


@layers_app.callback()
def layers(
    context: typer.Context, data: DataFolder = None, as_json: AsJson = False, lang: Lang = "ja"
) -> None:
    """List the layers with their source, licence and vintage."""
    context.obj = data
    if context.invoked_subcommand:
        return
    from siting.layers.catalog import read_catalog
    from siting.layers.folder import data_folder

    entries = read_catalog(data or data_folder()).layers
    if as_json:
        echo_json([entry.model_dump() for entry in entries])
        return
    language = language_of(lang)
    table = Table(title=None, box=None, pad_edge=False)
    for column in ("layer", "title", "file", "rows", "vintage", "licence", "source"):
        title = phrase(f"column_{column}", language)
        table.add_column(title, overflow="fold", no_wrap=column == "layer")
    for entry in entries:
        title = entry.title_ja if language == "ja" else entry.title_en
        whose = (entry.vintage, entry.licence, entry.source)
        table.add_row(entry.name, title, entry.file, f"{entry.rows:,}", *whose)
    Console().print(table)


@layers_app.command("check")
def layers_check(context: typer.Context, lang: Lang = "ja") -> None:
    """Verify every layer against the catalogue: there, unchanged, in the right CRS."""
    from siting.errors import LayerError, listed
    from siting.layers import read_layers
    from siting.layers.catalog import check as stale_layers
    from siting.layers.folder import data_folder

    folder = context.obj or data_folder()
    if found := stale_layers(folder):
        raise LayerError(listed(folder, found))
    count = len(read_layers(folder).sha256)
    typer.echo(phrase("as_catalogued", language_of(lang), folder=folder, count=count))
