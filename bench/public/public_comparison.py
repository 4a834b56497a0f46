"""Solve public sets as a user would, and compare what is found with what is published."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from public_folder import convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
EXPECTED = "expected.csv"
UNCAPACITATED = "uncapacitated"
WHOLE_CUSTOMERS = "single-source"
"""A variant that the model does not have: it may split a customer between facilities."""

BEST_KNOWN = "best known"
"""Status of a value that a better plan may beat."""

SHORT_BYTES = 60_000
"""Size of the largest file that counts as a short one."""

AGREES = 1e-6
"""Values nearer than this share of the published one are the same [-]."""

PASSED, STOPPED = 0, 4
"""Exit codes of ``siting solve`` with a plan in hand."""

HEADER = f"{'file':<28}{'variant':<30}{'expected':>15}{'found':>15}{'bound':>15}{'gap':>9}{'s':>8}"


@dataclass(frozen=True)
class Target:
    """A file of a public set, the variant solved, and the best value published for it.

    Attributes
    ----------
    is_optimum : whether no plan can have a lower value than the published one.
    """

    file: str
    variant: str
    expected: float
    is_optimum: bool = True

    @property
    def uncapacitated(self) -> bool:
        """Return whether facilities serve any amount."""
        return self.variant.startswith(UNCAPACITATED)


@dataclass(frozen=True)
class Found:
    """What ``siting solve`` answered for a target, and how long it took [s]."""

    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """Return by which share the value may be above the optimum [-]."""
        return (self.value - self.bound) / abs(self.value)

    def off(self, target: Target) -> float:
        """Return by which share the value found is above the published one; below if negative."""
        return share_above(self.value, target)

    def is_wrong(self, target: Target) -> bool:
        """Return whether the bound or the value cannot be; a poor value is no wrong one.

        A bound above a published value denies a plan that exists, a value below a published
        optimum claims one that does not.
        """
        too_low = target.is_optimum and self.off(target) < -AGREES
        return share_above(self.bound, target) > AGREES or too_low


def share_above(value: float, target: Target) -> float:
    """Return by which share `value` is above the published one."""
    return (value - target.expected) / abs(target.expected)


def targets(sets: Path, *, short: bool = False, only: Sequence[str] = ()) -> Iterator[Target]:
    """Yield what ``expected.csv`` in the folder `sets` lists and the model can solve.

    Parameters
    ----------
    short : only the small files.
    only : only files with one of these in their path; all if there is none.

    Raises
    ------
    ValueError
        If the folder lacks the list or a file of it.
    """
    if not (sets / EXPECTED).is_file():
        raise ValueError(f"{sets}: {EXPECTED} is not there, expected a folder of public sets.")
    with (sets / EXPECTED).open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        if row["variant"].startswith(WHOLE_CUSTOMERS):
            continue
        path = next(sets.glob(row["file"]), None)
        if path is None:
            raise ValueError(f"{sets}: {row['file']} is not there, though {EXPECTED} lists it.")
        file = path.relative_to(sets).as_posix()
        asked = not only or any(text in file for text in only)
        if asked and (not short or path.stat().st_size <= SHORT_BYTES):
            is_optimum = not row.get("status", "").startswith(BEST_KNOWN)
            yield Target(file, row["variant"], float(row["value"]), is_optimum)


def found(sets: Path, target: Target, gap: float, time_limit_s: float) -> Found:
    """Return what ``siting solve`` finds for `target` in the folder `sets`.

    Raises
    ------
    ValueError
        If it finds no plan.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "instance"
        convert(sets / target.file, folder, uncapacitated=target.uncapacitated)
        command = [sys.executable, "-m", "siting", "solve", str(folder), "--json", "--quiet"]
        command += ["--gap", str(gap), "--time-limit", str(time_limit_s)]
        started = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
    if done.returncode not in (PASSED, STOPPED):
        raise ValueError(f"{target.file}: siting solve ended {done.returncode}: {done.stderr}")
    answer = json.loads(done.stdout)
    return Found(answer["objective_value"], answer["bound_value"], seconds)


def compare(sets: Path, chosen: Iterable[Target], gap: float, time_limit_s: float) -> int:
    """Solve `chosen` files of the folder `sets`, write a line for each; return how many are wrong.

    A value that the time limit left above the published one is told, and is not wrong.
    """
    sys.stdout.write(f"{HEADER}\n")
    wrong = 0
    for target in chosen:
        answer = found(sets, target, gap, time_limit_s)
        wrong += answer.is_wrong(target)
        sys.stdout.write(f"{line(target, answer)}{verdict(target, answer)}\n")
        sys.stdout.flush()
    return wrong


def line(target: Target, answer: Found) -> str:
    """Return a target and what was found for it as a line of the table."""
    folder, *_, name = Path(target.file).parts
    values = (target.expected, answer.value, answer.bound)
    numbers = "".join(f"{value:>15,.3f}" for value in values)
    gap = f"{max(answer.gap, 0.0):.1e}"
    return f"{folder + '/' + name:<28}{target.variant:<30}{numbers}{gap:>9}{answer.seconds:>8.1f}"


def verdict(target: Target, answer: Found) -> str:
    """Return what is to be said where the value is not the published one, or cannot be."""
    off = answer.off(target)
    said = "" if abs(off) <= AGREES else f"  {abs(off):.1e} {'above' if off > 0 else 'below'}"
    return f"{said}  WRONG" if answer.is_wrong(target) else said
