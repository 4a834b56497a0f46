"""What to change so that there is a plan: the smallest change of one limit, and what it costs."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from siting.explain.change import applied, changes_of
from siting.explain.system import system_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from models.slack import Limit, Row
    from siting.explain.change import Change
    from siting.explain.system import Given, System


@dataclass(frozen=True)
class Way:
    """How one limit gives way.

    Attributes
    ----------
    amount : by how much, in its own unit, before rounding.
    """

    limit: Limit
    amount: float
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Repair:
    """What to change so that there is a plan.

    Attributes
    ----------
    way : the change it is about.
    beside : the least that must be changed too, where that is not enough.
    plan_jpy : present value of the cheapest plan after all of it [JPY].
    """

    way: Way
    beside: tuple[Way, ...] = ()
    plan_jpy: float = math.nan

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return every change."""
        return tuple(change for way in (self.way, *self.beside) for change in way.changes)


def smallest_repair(system: System, asked: Collection[int], limit: int) -> Repair | None:
    """Return the repair by `limit`: as little as possible beside it, and then as little of it.

    None if what it takes beside is enough without it.
    """
    others = frozenset(asked) - {limit}
    beside = system.least((), others)
    assert beside is not None, "nothing stands in the way where every limit is let go"
    given = system.least(others - beside.amounts.keys(), {limit}, beside.amounts)
    if given is None or limit not in given.amounts:
        return None
    more = tuple(way_of(system, i, beside, given) for i in sorted(beside.amounts))
    return Repair(way_of(system, limit, given, given), more)


def way_of(system: System, limit: int, given: Given, solution: Given) -> Way:
    """Return how the limit at a position gives way in `given`."""
    slacks = given.amounts[limit]
    changes = changes_of(system, system.limits[limit], slacks, solution.x)
    return Way(system.limits[limit], float(slacks.max()), tuple(changes))


def priced(system: System, repair: Repair, kept: Collection[int]) -> Repair | None:
    """Return `repair` with the cost of the cheapest plan after it; None if it leaves no plan.

    Parameters
    ----------
    kept : limits that must hold though the model may miss them at a price.
    """
    keys = {system.limits[i].key for i in kept}
    plan_jpy = cost_after(system, repair.changes, keys)
    return None if plan_jpy is None else replace(repair, plan_jpy=plan_jpy)


def cost_after(
    system: System, changes: Sequence[Change], keys: Collection[tuple[str, Row]]
) -> float | None:
    """Return what the cheapest plan costs after `changes` [JPY]; None if there is none.

    Parameters
    ----------
    keys : of the limits that must hold though the model may miss them at a price.
    """
    fresh = system_of(
        applied(system.data, changes),
        roomy=False,
        is_large=system.is_large,
        time_limit_s=system.time_limit_s,
    )
    held = fresh.hard | {i for i, limit in enumerate(fresh.limits) if limit.key in keys}
    if system.relaxed != system.is_large and replace(fresh, relaxed=False).least(held) is None:
        return None
    answer = fresh.cheapest(held)
    return None if answer is None else answer.objective
