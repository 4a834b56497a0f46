"""Faults as a user meets them: place, words, the line of the file, and a caret under the spot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from siting.cli.fault_words import in_language
from siting.cli.words import phrase

if TYPE_CHECKING:
    from collections.abc import Collection

    from siting.errors import Located
    from siting.text import Language

LONGEST_CELLS = 100
"""Of a longer line only the part around the caret is shown."""

CUT = "…"


def report_lines(faults: Collection[Located], language: Language) -> list[str]:
    """Return what to show of `faults`, a line each, with the text it is about, and their number."""
    lines = []
    for fault in faults:
        lines.append(str(fault._replace(message=in_language(fault.message, language))))
        lines += excerpt(fault)
    if len(faults) > 1:
        lines.append(phrase("faults", language, count=len(faults)))
    return lines


def excerpt(fault: Located) -> list[str]:
    """Return the line of the file that `fault` is about, and a caret; nothing without a line."""
    line = source_line(fault)
    if line is None:
        return []
    before, after = line[: fault.column - 1], line[fault.column - 1 :]
    if cell_len(line) > LONGEST_CELLS:
        before = last_cells(before, LONGEST_CELLS // 2)
        after = first_cells(after, LONGEST_CELLS // 2)
    margin = f"{fault.line:>6} | "
    return [f"{margin}{before}{after}", " " * (len(margin) + cell_len(before)) + "^"]


def source_line(fault: Located) -> str | None:
    """Return the line that `fault` is about, a tab as one space."""
    if not fault.line:
        return None
    try:
        lines = Path(fault.path).read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return None
    if fault.line > len(lines):
        return None
    return lines[fault.line - 1].rstrip("\r").replace("\t", " ")


def last_cells(text: str, cells: int) -> str:
    """Return the end of `text`, at most `cells` wide."""
    cut = ""
    while cell_len(text) > cells:
        text, cut = text[1:], CUT
    return cut + text


def first_cells(text: str, cells: int) -> str:
    """Return the start of `text`, at most `cells` wide."""
    cut = ""
    while cell_len(text) > cells:
        text, cut = text[:-1], CUT
    return text + cut


def fault_record(fault: Located, language: Language) -> dict[str, Any]:
    """Return `fault` as JSON has it; line and column count from 1 and are null for a whole file."""
    return {
        "file": fault.path or None,
        "line": fault.line or None,
        "column": fault.column or None,
        "severity": "error",
        "message": in_language(fault.message, language),
    }
