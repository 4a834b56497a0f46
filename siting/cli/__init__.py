"""The command line: ``siting run STUDY.yaml`` and its companions."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer
from rich.console import Console

from siting.cli.drawing import draw_map
from siting.cli.instance import solve
from siting.cli.layer import layers_app
from siting.cli.output import compare, pareto
from siting.cli.proof import verify
from siting.cli.screen import screen
from siting.cli.study import cases, check, modes, run, scenarios
from siting.errors import SitingError

INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Choose where recycling hubs go, and prove how good the plan is.",
)
for command in (run, check, scenarios, modes, compare, pareto, cases, solve, verify, screen):
    app.command()(command)
app.command("map")(draw_map)
app.add_typer(layers_app, name="layers")


def main() -> NoReturn:
    """Run the command line; a user's fault is one message and its exit code, no traceback."""
    try:
        app()
    except SitingError as fault:
        Console(stderr=True, highlight=False, soft_wrap=True).print(str(fault), markup=False)
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(0)
