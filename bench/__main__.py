"""Measure what is missing, keep each result, and write docs/benchmark.md from all of them.

``python -m bench`` measures everything; ``--only gap --family 12x1 --seeds 3 --limit 180`` a piece
of it; ``--report`` writes the page alone. Results are in ``bench/results``, one file each.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import gap, growth, hand_over, median, published, real
from bench.child import FailedError, run
from bench.family import FAMILIES
from bench.record import RESULTS, ROOT, Record, about, path_of, read_records, write_record
from bench.report.page import write_page
from bench.trace import MOMENTS_S
from bench.verdict import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.record import Spec

KINDS = ("hand_over", "gap", "public", "growth", "median", "real")
STUDIES = ("case08_pv", "japan_three")
"""A study of one resource over six periods, and the national one of several."""

WRONG = 1
UNLIMITED_S = 3600.0


def parser() -> argparse.ArgumentParser:
    """Return what the command line may ask for."""
    found = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = found.add_argument
    add("--only", nargs="+", choices=KINDS, default=list(KINDS), help="kinds of measurement")
    add("--tool", nargs="+", default=[], help="tools with one of these in their name")
    add("--family", nargs="+", choices=list(FAMILIES), default=list(FAMILIES))
    add("--study", nargs="+", default=list(STUDIES), help="names in configs/, or instance folders")
    add("--file", nargs="+", default=[], help="public files with one of these in the path")
    add("--size", nargs="+", choices=list(hand_over.ARCS), default=["35k", "350k"])
    add("--seeds", type=int, default=3, help="members of each family, runs of each hand-over")
    add("--limit", type=float, default=float(MOMENTS_S[-1]), help="longest search [s]")
    add("--sets", type=Path, default=published.SETS, help="folder of the public sets")
    add("--again", action="store_true", help="measure anew what has a result")
    add("--short", action="store_true", help="small members, compared for their answers alone")
    add("--dry", action="store_true", help="list what would be measured")
    add("--report", action="store_true", help="write docs/benchmark.md and measure nothing")
    return found


def specs(asked: argparse.Namespace) -> Iterator[Spec]:
    """Yield every measurement that `asked` names, whether there is a result or not."""
    limits = [float(s) for s in MOMENTS_S if s < asked.limit] + [asked.limit]
    every = {
        "hand_over": lambda: hand_over.specs(asked.size, asked.seeds),
        "gap": lambda: gap.specs(asked.family, asked.seeds, limits),
        "public": lambda: published.specs(asked.sets, asked.file, asked.limit),
        "growth": lambda: growth.specs(min(asked.seeds, 3)),
        "median": lambda: median.specs(asked.seeds, asked.limit),
        "real": lambda: real.specs(asked.study, limits),
    }
    for kind in asked.only:
        for spec in every[kind]():
            if not asked.tool or any(word in spec["tool"] for word in asked.tool):
                yield spec


def short_specs(sets: Path) -> Iterator[Spec]:
    """Yield what continuous integration measures: every tool once, on small members."""
    yield from hand_over.specs(["3.5k"], 1)
    yield from gap.specs(["short"], 1, [10.0])
    yield from published.specs(sets, published.SHORT_FILES, 60.0)


def measure(wanted: Sequence[Spec], command: str, folder: Path, *, again: bool) -> list[str]:
    """Measure what has no record in `folder`, or all of it; return what failed."""
    failed = []
    for number, spec in enumerate(wanted, start=1):
        if path_of(spec, folder).exists() and not again:
            continue
        load = os.getloadavg()[0]
        words = " ".join(str(value) for value in spec.values() if value not in ("", None))
        sys.stdout.write(f"{number}/{len(wanted)} {words} (load {load:.1f})\n")
        sys.stdout.flush()
        try:
            result = run(spec, spec.get("limit_s", UNLIMITED_S))
        except FailedError as fault:
            failed.append(str(fault))
            sys.stdout.write(f"    failed: {fault}\n")
            continue
        write_record(Record(spec, result, about(command, load)), folder)
    return failed


def main(words: Sequence[str] | None = None) -> int:
    """Measure; return 1 where an answer is wrong or, with ``--short``, a tool failed."""
    asked = parser().parse_args(words)
    if not asked.sets.is_dir():
        sys.stdout.write(
            f"{asked.sets}: no such folder, public sets left out; name theirs: --sets\n"
        )
    os.environ[published.FOLDER] = str(asked.sets.resolve())
    told = sys.argv[1:] if words is None else words
    command = " ".join(["python -m bench", *told])
    if asked.short:
        with tempfile.TemporaryDirectory() as place:
            failed = measure(list(short_specs(asked.sets)), command, Path(place), again=True)
            return verdict(read_records(Path(place)), failed)
    wanted = list(specs(asked))
    if asked.dry:
        return listed(wanted, again=asked.again)
    if not asked.report:
        measure(wanted, command, RESULTS, again=asked.again)
    records = read_records()
    write_page(records, ROOT / "docs")
    return verdict(records, [])


def listed(wanted: Sequence[Spec], *, again: bool) -> int:
    """Write what is there and what is missing, with the time that its searches may take."""
    missing_s = 0.0
    for spec in wanted:
        path = path_of(spec)
        is_there = path.exists() and not again
        missing_s += 0.0 if is_there else spec.get("limit_s", 0.0)
        sys.stdout.write(f"{'have' if is_there else '    '} {path.relative_to(RESULTS)}\n")
    sys.stdout.write(f"searches of what is missing take {missing_s / 3600:.1f} h at most\n")
    return 0


def verdict(records: list[Record], failed: list[str]) -> int:
    """Write what is wrong in `records` and what `failed`; return the exit code."""
    faults = [*wrong(records), *failed]
    for fault in faults:
        sys.stdout.write(f"WRONG {fault}\n")
    sys.stdout.write(f"{len(records)} measurements, {len(faults)} wrong\n")
    return WRONG if faults else 0


if __name__ == "__main__":
    sys.exit(main())
