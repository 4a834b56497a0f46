"""Which limits cannot all hold: sets from which none can be left out.

The elastic filter of Chinneck and Dravnieks (1991) finds limits that conflict: those that give way
in the least sum of slacks are made to hold, one sum after another, until nothing can. The deletion
filter then lets each of them go in turn; those without which the rest can hold stay. Both work with
whole lines. (The IIS of HiGHS 1.16 knows relaxations only, and no rows that must stay: see
``docs/explain.md``.)

J. W. Chinneck, E. W. Dravnieks: Locating minimal infeasible constraint sets in linear programs.
ORSA Journal on Computing 3 (1991) 157-168.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from siting.explain.system import System

MOST_CONFLICTS = 8
"""Conflicts that are looked for; more are found once these are repaired."""

DROPPED_FIRST = ("hubs.max_lines", "hubs.earliest_period", "services.capacity_t", "sinks.demand_t")
"""Kinds of limits that a conflict has only if it must: they are less of a choice than others."""


def conflicts(system: System, asked: Collection[int]) -> list[frozenset[int]]:
    """Return sets of limits out of `asked` that cannot all hold; none if all can.

    Each is minimal: without any one of its limits the others can hold. Sets are found apart from
    each other first; then, for each limit without which something else still conflicts, that.
    """
    found: list[frozenset[int]] = []
    everything = frozenset(asked)
    left = everything
    while len(found) < MOST_CONFLICTS and (other := conflict(system, left)):
        found.append(other)
        left -= other
    apart = tuple(found)
    for own in apart:
        others = frozenset().union(*apart) - own
        for limit in sorted(own):
            if len(found) >= MOST_CONFLICTS or len(own) == 1:
                break
            other = conflict(system, everything - others - {limit})
            if other and other not in found:
                found.append(other)
    return found


def conflict(system: System, asked: frozenset[int]) -> frozenset[int] | None:
    """Return a minimal set of limits out of `asked` that cannot all hold; None if all can."""
    core = infeasible_core(system, asked)
    return None if core is None else minimal(system, core)


def infeasible_core(system: System, asked: frozenset[int]) -> frozenset[int] | None:
    """Return limits out of `asked` that cannot all hold; None if all of `asked` can."""
    held: frozenset[int] = frozenset()
    while True:
        given = system.least(held, asked - held)
        if given is None:
            return held
        if not given.amounts:
            return None
        held |= given.amounts.keys()


def minimal(system: System, core: frozenset[int]) -> frozenset[int]:
    """Return limits out of `core` that cannot all hold, but can without any one of them."""
    kept = core
    for limit in sorted(core, key=lambda i: (system.limits[i].kind not in DROPPED_FIRST, i)):
        if system.least(kept - {limit}) is None:
            kept -= {limit}
    return kept
