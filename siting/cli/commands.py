"""How every command ends that cannot go on: one message, its exit code, no traceback."""

from __future__ import annotations

from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from siting.cli.fault import report_lines
from siting.cli.option import error_language
from siting.cli.words import phrase
from siting.errors import SitingError
from siting.scenarios.interrupt import Interruption

INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands, each of which a user's fault or Ctrl-C ends in words."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            with Interruption():
                return super().invoke(ctx)
        except SitingError as fault:
            echo_error("\n".join(report_lines(fault.located, error_language(ctx))))
            raise typer.Exit(fault.exit_code) from None
        except KeyboardInterrupt:
            echo_error(phrase("stopped", error_language(ctx)))
            raise typer.Exit(INTERRUPTED) from None


def echo_error(text: str) -> None:
    """Write `text` to standard error as it is."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)
