"""Conflicts with what to change, priced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.explain.conflict import conflicts
from siting.explain.repair import Repair, priced, smallest_repair

if TYPE_CHECKING:
    from models.slack import Limit
    from siting.explain.system import System
    from siting.solve.effort import Progress


@dataclass(frozen=True)
class Clash:
    """Limits that cannot all hold; without any one of them the others can.

    Attributes
    ----------
    repairs : by one of the limits each; the one after which the plan is cheapest first.
    """

    limits: tuple[Limit, ...]
    repairs: tuple[Repair, ...]


def clashes(system: System, asked: frozenset[int], progress: Progress) -> tuple[Clash, ...]:
    """Return why the limits `asked` cannot all hold; nothing if they can."""
    found = conflicts(system, asked)
    soft = frozenset(i for i in asked if system.limits[i].is_soft)
    by_limit: dict[int, Repair] = {}
    members = sorted(frozenset().union(*found))
    for number, limit in enumerate(members, 1):
        progress(f"smallest repairs, limit {number} of {len(members)}")
        repair = smallest_repair(system, asked, limit)
        priced_repair = repair and priced(system, repair, soft)
        if priced_repair:
            by_limit[limit] = priced_repair
    return tuple(clash(system, conflict, by_limit) for conflict in found)


def clash(system: System, conflict: frozenset[int], by_limit: dict[int, Repair]) -> Clash:
    """Return the limits of `conflict` with their repairs."""
    repairs = [by_limit[i] for i in sorted(conflict) if i in by_limit]
    repairs.sort(key=lambda repair: repair.plan_jpy)
    return Clash(tuple(system.limits[i] for i in sorted(conflict)), tuple(repairs))
