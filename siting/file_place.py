"""Line and column of a cell of a CSV file, or of a byte of any text file, counted from 1."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CELL = re.compile(r'("(?:[^"]|"")*"|[^,]*)(?:,|$)')
"""A cell of a line, in quotes or not, and the comma after it."""


def byte_place(content: bytes, offset: int) -> tuple[int, int]:
    """Return line and column of the byte at `offset` of a file of UTF-8 up to there."""
    before = content[:offset].decode("utf-8-sig", "replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def unread_place(path: Path, error: Exception) -> tuple[int, int]:
    """Return where an `error` says that the text file at `path` cannot be read; 0, 0 if nowhere."""
    content = path.read_bytes()
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:  # the reader's own counts from the start of its buffer
        return byte_place(content, fault.start)
    named = re.search(r"line (\d+)", str(error))
    return (int(named[1]), 1) if named else (0, 0)


def lines_of_rows(path: Path) -> list[int]:
    """Return the line of the file in which each row starts; the header is line 1."""
    starts, start = [], 1
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        for row in reader:
            if len(row) > 1 or "".join(row).strip():
                starts.append(start)
            start = reader.line_num + 1
    return starts[1:]


def cell_places(path: Path, cells: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """Return line and column of each of `cells`: data row, from 0, and name of its column."""
    rows = lines_of_rows(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    header = next(csv.reader([lines[0]]))
    return [(rows[row], cell_start(lines[rows[row] - 1], header, name)) for row, name in cells]


def cell_start(line: str, header: list[str], name: str) -> int:
    """Return where the cell of the column `name` starts in `line`; 1 if there is no such column."""
    if name not in header:
        return 1
    starts = [cell.start() + 1 for cell in CELL.finditer(line)]
    return starts[min(header.index(name), len(starts) - 1)]
