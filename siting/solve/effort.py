"""How hard to try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    gap : stop when (objective - bound) / |objective| is no larger [-].
    time_limit_s : work of the search over all parts, beside their relaxations (``work.py``) [s].
    arcs_per_source : arcs per source and commodity the models start with; the bound covers all.
    clusters : sources of a commodity are merged into so many while lines are searched for; the
        plan is made and costed with all sources.
    strategy : ``direct`` gives HiGHS the whole model, ``certified`` searches a smaller one and
        proves its bound for the whole; ``auto`` is direct where the whole is small.
    """

    gap: float = 0.005
    time_limit_s: float = 150.0
    arcs_per_source: int = 12
    clusters: int = 200
    strategy: str = "auto"
