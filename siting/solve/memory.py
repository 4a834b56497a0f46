"""How much memory a solve will hold, told before anything is built; too much is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

from siting.errors import MemoryShortError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Progress

MIB = 2**20

FIRST_MIB = {"direct": 60.0, "certified": 160.0}
"""What a part of any size takes: compiled code, the models of merged sources [MiB]."""

BYTES_PER_FLOW = {"direct": 7_000.0, "certified": 900.0}
"""What an arc in a period takes where Pyomo writes each down, and where arcs are arrays [bytes]."""

TOLD_MIB = 512.0
"""A smaller need is not worth a word [MiB]."""


def needed_mib(data: Instance, strategy: str) -> float:
    """Return about how much solving the part `data` by `strategy` holds at most [MiB]."""
    flows = len(data.arcs) * len(data.periods)
    return FIRST_MIB[strategy] + BYTES_PER_FLOW[strategy] * flows / MIB


def require_memory(parts: Sequence[tuple[Instance, str]], progress: Progress) -> None:
    """Tell about how much memory `parts`, each with its strategy, need one after the other.

    Raises
    ------
    MemoryShortError
        If the machine has less left.
    """
    need, data = max(
        ((needed_mib(part, strategy), part) for part, strategy in parts), key=lambda pair: pair[0]
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
