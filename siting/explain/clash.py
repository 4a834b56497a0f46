"""Conflicts with what to change, priced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.explain.conflict import conflicts
from siting.explain.repair import Repair, priced, single_repairs, smallest

if TYPE_CHECKING:
    from models.slack import Limit
    from siting.explain.system import System
    from siting.solve.effort import Progress


@dataclass(frozen=True)
class Clash:
    """Limits that cannot all hold; without any one of them the others can.

    Attributes
    ----------
    repairs : each enough for this conflict; the one after which the plan is cheapest first.
    """

    limits: tuple[Limit, ...]
    repairs: tuple[Repair, ...]


def clashes(
    system: System, asked: frozenset[int], progress: Progress
) -> tuple[tuple[Clash, ...], Repair | None]:
    """Return why the limits `asked` cannot all hold.

    Returns
    -------
    tuple
        The conflicts; empty if all can hold. And the smallest change of several limits, where
        some conflict has no single one that leaves a plan.
    """
    found = conflicts(system, asked)
    everything = frozenset().union(*found)
    options = [
        single_repairs(system, asked, conflict, everything - conflict) for conflict in found
    ]
    soft = frozenset(i for i in asked if system.limits[i].is_soft)
    told = []
    for number, (conflict, repairs) in enumerate(zip(found, options, strict=True)):
        progress(f"pricing repairs, conflict {number + 1} of {len(found)}")
        beside = [own[0] for own in options[:number] + options[number + 1 :] if own]
        working = priced(system, repairs, beside, soft)
        told.append(Clash(tuple(system.limits[i] for i in sorted(conflict)), tuple(working)))
    if all(clash.repairs for clash in told):
        return tuple(told), None
    least = smallest(system, (), asked)
    working = priced(system, [least], [], soft) if least else []
    return tuple(told), working[0] if working else None
