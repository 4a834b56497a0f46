"""``siting map``: the map of finished outputs, drawn anew."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated

import typer

from siting.cli.option import Quiet  # noqa: TC001 - typer reads it
from siting.cli.progress import Told


def draw_map(
    folders: Annotated[
        list[Path],
        typer.Argument(help="Output of a run, such as out/japan; then others to switch to."),
    ],
    to: Annotated[
        Path | None, typer.Option("--to", help="File to write instead of map.html in the output.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Draw the map of a finished output anew; those that follow become its scenarios."""
    from siting.maps.page import write_map
    from siting.scenarios.finished import read_outcomes
    from siting.scenarios.why.beside import with_regrets

    with Told(quiet=quiet) as told:
        told("reading the outputs")
        found = zip(folders, read_outcomes(folders), strict=True)
        first, *others = [with_regrets(folder.parent, outcome) for folder, outcome in found]
        told("drawing the map")
        path = to or folders[0] / "map.html"
        write_map(path, first, {other.study: other for other in others})
    typer.echo(f"{path}")
