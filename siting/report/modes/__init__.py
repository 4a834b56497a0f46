"""What a comparison of modes leaves behind: a page for people, tables for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report.modes.answer import closing_lines
from siting.report.modes.facts.finding import findings
from siting.report.modes.page import write_page
from siting.report.modes.tables import runs_record, write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Comparison

__all__ = ["closing_lines", "runs_record", "write_modes"]


def write_modes(folder: Path, comparison: Comparison) -> None:
    """Write ``modes.html`` and the tables ``modes_*.csv`` of `comparison` into `folder`."""
    found = findings(comparison)
    write_page(folder / "modes.html", found)
    write_tables(folder, found)
