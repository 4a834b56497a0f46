"""The public sets: what is published and what we find, each file in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.record import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.record import Spec

sys.path.insert(0, str(ROOT / "bench" / "public"))

SETS = ROOT.parent / "shared" / "benchmarks"
FOLDER = "BENCH_SETS"
"""Environment variable that names another folder of the sets."""

GAP = 1e-7
SHORT_FILES = ("cap74", "holmberg/p7")
"""What is in the paths of the quick ones."""

PUBLISHED_S = {
    "orlib_cap/beasley-cap/a-c": "0.5 to 10",
    "tbed1": "3 to 12",
    "koerkel_ghosh": "16 to 1,553",
}
"""Published seconds: Benders of Fischetti, Ljubic and Sinnl (2015), CPLEX, 4 threads."""


def specs(sets: Path, only: Sequence[str], limit_s: float) -> list[Spec]:
    """Return the files of `sets` that the model can express, all or those with a word of `only`."""
    from public_comparison import targets

    if not sets.is_dir():
        return []
    return [
        {"kind": "public", "file": target.file, "variant": target.variant, "tool": "siting",
         "limit_s": limit_s, "expected": target.expected, "is_optimum": target.is_optimum}
        for target in targets(sets, only=only)
    ]  # fmt: skip


def measured(spec: Spec) -> dict[str, Any]:
    """Return value, bound and seconds of ``siting solve`` on one file."""
    from public_comparison import Target, found

    target = Target(spec["file"], spec["variant"], spec["expected"], spec["is_optimum"])
    answer = found(Path(os.environ.get(FOLDER, SETS)), target, GAP, spec["limit_s"])
    return {
        "value": answer.value,
        "bound": answer.bound,
        "seconds": round(answer.seconds, 2),
        "is_wrong": answer.is_wrong(target),
    }


def published_s(file: str) -> str:
    """Return the published seconds for a file of its set, empty where none are known."""
    return next((s for folder, s in PUBLISHED_S.items() if file.startswith(folder)), "")
