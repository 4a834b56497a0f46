"""The command line: ``siting run STUDY.yaml`` and its companions."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from siting.cli.commands import Commands
from siting.cli.draft import check, init, schema
from siting.cli.drawing import draw_map
from siting.cli.explain import explain
from siting.cli.instance import solve
from siting.cli.layer import layers_app
from siting.cli.output import compare, pareto
from siting.cli.proof import verify
from siting.cli.screen import screen
from siting.cli.study import cases, modes, run, scenarios
from siting.cli.why import why

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Choose where recycling hubs go, and prove how good the plan is.",
)
for command in (
    init, check, run, explain, schema, screen, scenarios, modes, compare, pareto, why, cases,
    solve, verify,
):  # fmt: skip
    app.command()(command)
app.command("map")(draw_map)
app.add_typer(layers_app, name="layers")


def main() -> NoReturn:
    """Run the command line."""
    app()
    sys.exit(0)
