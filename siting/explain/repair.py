"""What to change so that there is a plan: the smallest change of one limit, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from siting.explain.change import applied, changes_of
from siting.explain.system import system_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from models.slack import Limit, Row
    from siting.explain.change import Change
    from siting.explain.system import System

Conflict = frozenset[int]


@dataclass(frozen=True)
class Repair:
    """Limits that give way, and what comes of it.

    Attributes
    ----------
    limits : one; several where none is enough by itself.
    amounts : how far each gives way, in its own unit, before rounding.
    weight : the same beside the scales of the limits [-].
    beside : what must be changed too, for other conflicts; the smallest change of each.
    plan_jpy : present value of the cheapest plan after all of it [JPY].
    """

    limits: tuple[Limit, ...]
    amounts: tuple[float, ...]
    changes: tuple[Change, ...]
    weight: float
    beside: tuple[Repair, ...] = ()
    plan_jpy: float = float("nan")


def single_repairs(
    system: System, asked: Collection[int], conflict: Conflict, others: Collection[int]
) -> list[Repair]:
    """Return for each limit of `conflict` its smallest change, the smallest first.

    Parameters
    ----------
    others : limits of other conflicts; they are let go.
    """
    held = frozenset(asked) - frozenset(others)
    found = [
        repair
        for i in sorted(conflict)
        if (repair := smallest(system, held - {i}, {i})) is not None
    ]
    return sorted(found, key=lambda repair: repair.weight)


def smallest(system: System, held: Collection[int], giving: Collection[int]) -> Repair | None:
    """Return the smallest change of the limits `giving` where those `held` hold."""
    given = system.least(held, giving)
    if given is None or not given.amounts:
        return None
    parts = [(system.limits[i], slacks) for i, slacks in sorted(given.amounts.items())]
    changes = [
        change for limit, slacks in parts for change in changes_of(system, limit, slacks, given.x)
    ]
    return Repair(
        tuple(limit for limit, _ in parts),
        tuple(float(slacks.max()) for _, slacks in parts),
        tuple(changes),
        given.total,
    )


def priced(
    system: System, repairs: Sequence[Repair], others: Sequence[Repair], kept: Collection[int]
) -> list[Repair]:
    """Return those of `repairs` that leave a plan, with the cost of the cheapest; cheapest first.

    Parameters
    ----------
    others : repairs of the other conflicts; they are made too where one alone leaves no plan.
    kept : limits that must hold though the model may miss them at a price.
    """
    keys = {system.limits[i].key for i in kept}
    found = []
    for repair in repairs:
        for beside in ((), tuple(others)) if others else ((),):
            changes = [change for part in (*beside, repair) for change in part.changes]
            plan_jpy = cost_after(system, changes, keys)
            if plan_jpy is not None:
                found.append(replace(repair, beside=beside, plan_jpy=plan_jpy))
                break
    return sorted(found, key=lambda repair: repair.plan_jpy)


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
