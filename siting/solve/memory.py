"""How much memory a solve will hold, told before anything is built; too much is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

from siting.errors import MemoryShortError
from siting.solve.arc import collecting
from siting.solve.certified import LARGE, SIDE_BY_SIDE
from siting.solve.side_by_side import processors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Progress

MIB = 2**20

FIRST_MIB = {"direct": 60.0, "certified": 60.0, "joint": 60.0}
"""What a part of any size takes, compiled code included [MiB]."""

BYTES_WRITTEN = {"direct": 3_400.0, "certified": 5_500.0, "joint": 5_500.0}
"""What an arc in a period takes that Pyomo writes down and HiGHS searches [bytes].

Direct: 117 MiB for 17,410, 391 MiB for 104,460. Certified: 2,150 for one model, by growth with
periods; those of relaxation, search and plan are there together. 159 MiB for 348,200 in all.
"""

USED = 1.5
"""Arcs that a source's plan uses, about: what the model of all blocks together has [-]."""

BYTES_PRICED = 130.0
"""What an arc in a period takes that stands in arrays alone [bytes]: 38 MiB for 313,200."""

WORKER_MIB = 700.0
"""What each process beside the first takes [MiB]: 560 to 720 measured."""

TOLD_MIB = 512.0
"""A smaller need is not worth a word [MiB]."""


def needed_mib(data: Instance, strategy: str, arcs_per_source: int) -> float:
    """Return about how much solving the part `data` by `strategy` holds at most [MiB]."""
    periods, count = len(data.periods), len(data.arcs)
    written = count
    if strategy == "certified":
        collected = int(collecting(data).sum())
        lanes = arcs_per_source * len(data.supply) // periods
        written = min(collected, lanes) + count - collected
    elif strategy == "joint":
        written = min(count, int(USED * len(data.supply) / periods))
    flows = BYTES_WRITTEN[strategy] * written + BYTES_PRICED * (count - written)
    return FIRST_MIB[strategy] + flows * periods / MIB + workers(strategy, count) * WORKER_MIB


def workers(strategy: str, arcs: int) -> int:
    """Return how many processes beside the first a part of so many `arcs` has at most."""
    if strategy == "joint":
        return processors()
    is_large = strategy == "certified" and arcs >= LARGE and processors() > 1
    return SIDE_BY_SIDE if is_large else 0


def require_memory(
    parts: Sequence[tuple[Instance, str]], arcs_per_source: int, progress: Progress
) -> None:
    """Tell about how much memory `parts`, each with its strategy, need one after the other.

    Raises
    ------
    MemoryShortError
        If the machine has less left.
    """
    need, data = max(
        ((needed_mib(part, strategy, arcs_per_source), part) for part, strategy in parts),
        key=lambda pair: pair[0],
    )
    left = psutil.virtual_memory().available / MIB
    if need > left:
        raise MemoryShortError(
            f"solve: about {need / 1024:.1f} GiB of memory is needed for {len(data.arcs):,} arcs "
            f"in {len(data.periods)} periods, and {left / 1024:.1f} GiB is free. "
            "Close other programs, or take fewer resources, modes, candidate sites or periods: "
            "resources that share no site or limit may as well be studies of their own."
        )
    if need >= TOLD_MIB:
        progress(f"memory, about {need / 1024:.1f} of {left / 1024:.1f} GiB that are free")
