"""The command line of ``python bench/public``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from public_comparison import ROOT, compare, targets
from public_file import FORMATS
from public_folder import convert

if TYPE_CHECKING:
    from collections.abc import Sequence

ABOUT = "Public facility-location sets: turn a file into tables, or solve the sets and compare."

SETS = ROOT.parent / "shared" / "benchmarks"
FAULT, WRONG = 2, 1

SHORT_S = 60.0
"""Most seconds for each file with ``--short``."""


def parser() -> argparse.ArgumentParser:
    """Return what the command line may ask for."""
    whole = argparse.ArgumentParser(prog="python bench/public", description=ABOUT)
    commands = whole.add_subparsers(dest="command", required=True)
    one = commands.add_parser("convert", help="write a file of a set as a folder of tables")
    one.add_argument("file", type=Path, help="file of a public set")
    one.add_argument("folder", type=Path, help="folder the tables go to")
    one.add_argument("--form", choices=FORMATS, help="else the one a folder of FILE is named for")
    one.add_argument("--uncapacitated", action="store_true", help="a facility serves any amount")
    every = commands.add_parser("compare", help="solve the sets and compare with expected.csv")
    every.add_argument("--sets", type=Path, default=SETS, help="folder of the sets")
    every.add_argument("--short", action="store_true", help="the small files only, a minute each")
    every.add_argument("--only", nargs="+", default=[], help="files with one of these in the path")
    every.add_argument("--gap", type=float, default=1e-7, help="stop at this gap")
    every.add_argument("--time-limit", type=float, default=600.0, help="seconds for each file")
    return whole


def main(words: Sequence[str] | None = None) -> int:
    """Run the command in `words`, else that of the command line; return its exit code.

    It is 1 where an answer is wrong against the published value, 2 where input is bad.
    """
    asked = parser().parse_args(words)
    try:
        if asked.command == "convert":
            convert(asked.file, asked.folder, asked.form, uncapacitated=asked.uncapacitated)
            return 0
        chosen = list(targets(asked.sets, short=asked.short, only=asked.only))
        limit_s = min(asked.time_limit, SHORT_S) if asked.short else asked.time_limit
        return WRONG if compare(asked.sets, chosen, asked.gap, limit_s) else 0
    except (ValueError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return FAULT
