"""``siting layers``: the data layers."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from siting.cli.option import DataFolder  # noqa: TC001 - typer reads it

layers_app = typer.Typer(help="List and verify the data layers.", invoke_without_command=True)


@layers_app.callback()
def layers(context: typer.Context, data: DataFolder = None) -> None:
    """List the layers with their source, licence and vintage."""
    context.obj = data
    if context.invoked_subcommand:
        return
    from siting.layers.catalog import read_catalog
    from siting.layers.folder import data_folder

    table = Table(title=None, box=None, pad_edge=False)
    for column in ("layer", "file", "rows", "vintage", "licence", "source"):
        table.add_column(column, overflow="fold")
    for entry in read_catalog(data or data_folder()).layers:
        rows = "" if entry.rows is None else f"{entry.rows:,}"
        table.add_row(entry.name, entry.file, rows, str(entry.vintage), entry.licence, entry.source)
    Console().print(table)


@layers_app.command("check")
def layers_check(context: typer.Context) -> None:
    """Verify every layer against the catalogue: there, unchanged, in the right CRS."""
    from siting.errors import LayerError, listed
    from siting.layers import read_layers
    from siting.layers.catalog import check as stale_layers
    from siting.layers.folder import data_folder

    folder = context.obj or data_folder()
    if found := stale_layers(folder):
        raise LayerError(listed(folder, found))
    typer.echo(f"{folder}: {len(read_layers(folder).sha256)} layers as catalogued.")
