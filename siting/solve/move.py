"""Lines one move at a time: from a plan to better ones near it.

A line is opened, closed, or runs in other periods; all lines of a hub go to another size or to a
site near by. Flows for fixed lines are a linear program that HiGHS keeps, so that a move costs a
few pivots. What flows cost is convex in the lines: reduced costs say what a move saves at most,
and moves that save nothing by them are never costed. Those hoped to save most (``promise.py``) are
made first, several at once as long as that saves. Where no move saves anything all lines of a site
are taken away and the moves start again, from there (iterated local search; Lourenço, Martin and
Stützle 2003).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from heapq import merge
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from siting.solve.board import board
from siting.solve.highs import best_flows
from siting.solve.matrix import with_lines
from siting.solve.promise import Promises
from siting.solve.session import session
from siting.solve.work import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from siting.solve.board import Board
    from siting.solve.effort import Progress
    from siting.solve.highs import Answer
    from siting.solve.line import Built
    from siting.solve.matrix import Array, Whole
    from siting.solve.promise import Kind
    from siting.solve.session import Session

LITTLE = 1e-6
"""Share of the cost that a move must save [-]."""

ALL_MOVES = 1_000_000

MOST_AT_ONCE = 32
"""Moves that are made together, at most."""

PATIENCE = 60
"""Moves in a row that may save nothing before a new start is given up."""


class Move(NamedTuple):
    """What a move adds to the lines of one hub, or of two (hub, per period)."""

    hubs: tuple[int, ...]
    more: tuple[tuple[float, ...], ...]


def promising(on: Board, lines: Array, margin: Array, least: float) -> list[tuple[float, Move]]:
    """Return the moves from `lines` that may save more than `least`, after what they cost at least.

    Parameters
    ----------
    margin : per column, what one more costs at least.
    """
    return [*windows(on, lines, margin, least), *transfers(on, lines, margin, least)]


def windows(on: Board, lines: Array, margin: Array, least: float) -> Iterator[tuple[float, Move]]:
    """Yield what a line more or less saves at most, in each run of periods where that may be."""
    periods = lines.shape[1]
    every = np.arange(len(lines))
    for sign in (1.0, -1.0):
        cost = sign * np.where(on.column >= 0, margin[on.column], 0.0)
        for marks in on.marks:
            total = marks.of_each(marks.total(lines))
            changes = total == 0 if sign > 0 else (total == 1) & (lines == 1)
            own = np.where(marks.column >= 0, margin[marks.column], 0.0)
            cost += sign * np.where(changes, marks.of_each(own), 0.0)
        summed = np.c_[np.zeros(len(lines)), np.cumsum(cost, axis=1)]
        for first in range(periods):
            for end in range(first + 1, periods + 1):
                more = np.zeros(periods)
                more[first:end] = sign
                saved = summed[:, end] - summed[:, first]
                fits = (saved < -least) & on.allows(every, lines + more)
                for hub in np.flatnonzero(fits):
                    yield float(saved[hub]), Move((int(hub),), (tuple(more),))


def transfers(on: Board, lines: Array, margin: Array, least: float) -> Iterator[tuple[float, Move]]:
    """Yield what it saves at most that all lines of a hub run at another one instead."""
    active = lines.max(axis=1, initial=0.0)[on.near[:, 0]] > 0
    origin, to = on.near[active].T
    moved = lines[origin]
    per_line = np.where(on.column >= 0, margin[on.column], 0.0)
    saved = ((per_line[to] - per_line[origin]) * moved).sum(axis=1)
    for marks in on.marks:
        total = marks.of_each(marks.total(lines))
        own = marks.of_each(np.where(marks.column >= 0, margin[marks.column], 0.0))
        apart = (marks.of_hub[origin] != marks.of_hub[to])[:, None] & (moved > 0)
        saved += np.where(apart & (total[to] == 0), own[to], 0.0).sum(axis=1)
        saved -= np.where(apart & (total[origin] == moved), own[origin], 0.0).sum(axis=1)
    fits = (saved < -least) & on.allows(origin, np.zeros_like(moved))
    fits &= on.allows(to, lines[to] + moved)
    for n in np.flatnonzero(fits):
        more = (tuple(-moved[n]), tuple(moved[n]))
        yield float(saved[n]), Move((int(origin[n]), int(to[n])), more)


def kind_of(on: Board, move: Move) -> Kind:
    """Return the kind of `move`."""
    hub, *others = move.hubs
    if others:
        way = "size" if on.site[hub] == on.site[others[0]] else "site"
    else:
        way = "more" if sum(move.more[0]) > 0 else "fewer"
    return int(on.technology[hub]), way


class Walk:
    """A way from plan to plan.

    Attributes
    ----------
    lines, cost : of the plan it is at; margin : per column, what one more costs there at least.
    basis : of HiGHS there.
    promises : what moves saved of what they might have.
    at_once : moves that are made together next.
    """

    def __init__(self, on: Board, kept: Session, lines: Array, limit: Limit) -> None:
        """Start from `lines`, until the `limit`."""
        self.on, self.kept, self.limit = on, kept, limit
        self.lines, self.cost, self.margin = lines, np.inf, np.empty(0)
        self.basis: Any = None
        self.promises, self.at_once = Promises(), 1

    def goes_to(self, lines: Array, most: float) -> bool:
        """Go to `lines` if they cost no more than `most`; return whether they do."""
        column, values = self.on.columns(lines)
        cost = self.kept.held(column, values, most, self.limit.left_s)
        if cost is None or cost > most:
            if self.basis is not None:
                self.kept.goes_back(self.basis)
            return False
        self.lines, self.cost, self.margin = lines, cost, self.kept.margins()
        self.basis = self.kept.basis
        return True

    def descends(self, patience: int) -> None:
        """Make moves that save, one after the other, until `patience` in a row do not."""
        while not self.limit.is_over and self.steps(patience):
            pass

    def steps(self, patience: int) -> bool:
        """Make the moves that are hoped to save most, together or one; return whether they do.

        False after `patience` single moves that save nothing, or where there is none left.
        """
        little = LITTLE * max(abs(self.cost), 1.0)
        found = promising(self.on, self.lines, self.margin, little)
        most = {move: -saved for saved, move in found}
        kind = {move: kind_of(self.on, move) for move in most}

        def hopeless(move: Move) -> float:
            return -self.promises.hope(move, kind[move], most[move])

        queues: dict[Kind, list[Move]] = defaultdict(list)
        for move in sorted(most, key=hopeless):
            queues[kind[move]].append(move)  # what is learnt of a kind leaves its order as it is
        while any(queues.values()) and patience and not self.limit.is_over:
            chosen = self.apart(merge(*queues.values(), key=hopeless))
            lines, before = self.lines.copy(), self.cost
            for move in chosen:
                lines[list(move.hubs)] += move.more
            saves = self.goes_to(lines, before - little)
            kept = (before - self.cost) / sum(most[move] for move in chosen)
            self.promises.note([kind[move] for move in chosen], kept, self.kept.pivots)
            self.at_once = min(2 * len(chosen), MOST_AT_ONCE) if saves else max(len(chosen) // 4, 1)
            if saves:
                return True
            if len(chosen) == 1:
                self.promises.broke(chosen[0])
                queues[kind[chosen[0]]].remove(chosen[0])
                patience -= 1
        return False

    def apart(self, moves: Iterable[Move]) -> list[Move]:
        """Return the first of `moves` that are made together: at sites of their own."""
        chosen: list[Move] = []
        taken: set[int] = set()
        for move in moves:
            sites = set(self.on.site[list(move.hubs)].tolist())
            if not sites & taken:
                chosen.append(move)
                taken |= sites
            if len(chosen) == self.at_once:
                break
        return chosen

    def loses(self, hubs: Whole) -> bool:
        """Take away what runs of `hubs`, whatever it costs; return whether that is possible."""
        lines = self.lines.copy()
        lines[hubs] = self.on.least[hubs]
        return bool(self.on.allows(hubs, lines[hubs]).all()) and self.goes_to(lines, np.inf)


def walked(
    built: Built,
    start: Answer,
    near: Mapping[str, Sequence[str]],
    limit_s: float,
    progress: Progress,
) -> Answer:
    """Return a plan that costs no more than `start`, found by moves in `limit_s` [s].

    Parameters
    ----------
    near : the sites that lines of each site may go to.
    """
    kept = session(with_lines(built.form, start.x))
    better = moved(board(built, near), kept, start, limit_s, progress)
    if better.objective >= start.objective:
        return better
    answer = best_flows(built.form, better.x) or start
    return replace(answer, interrupted=better.interrupted)


def moved(on: Board, kept: Session, start: Answer, limit_s: float, progress: Progress) -> Answer:
    """Return `start` with better lines and what these cost, found by moves in `limit_s` [s].

    The flows are still those of `start`.

    Parameters
    ----------
    kept : the model with the lines of `start`; it may have more columns than its board knows.
    """
    if not len(on.column):
        return start
    walk = Walk(on, kept, np.round(start.x[on.column]), Limit(limit_s))
    lines, cost, stopped = walk.lines, np.inf, False
    try:
        if walk.goes_to(walk.lines, np.inf):
            for better in bests(walk):
                lines, cost = better
                progress(f"moves, plan {cost:,.0f}")
    except KeyboardInterrupt:
        stopped = True
    if cost >= start.objective:
        return replace(start, interrupted=stopped)
    x = start.x.copy()
    column, values = on.columns(lines)
    x[column] = values
    return replace(start, objective=cost, x=x, interrupted=stopped)


def bests(walk: Walk) -> Iterator[tuple[Array, float]]:
    """Yield the lines of better and better plans, and their cost.

    It ends with the time, or when every site of the best plan was taken away in vain.
    """
    draw = np.random.default_rng(0)
    walk.descends(ALL_MOVES)
    lines, best = walk.lines, walk.cost
    yield lines, best
    waiting = shuffled(walk, lines, draw)
    while waiting and not walk.limit.is_over:
        if walk.loses(waiting.pop()):
            walk.descends(PATIENCE)
        if walk.cost < best - LITTLE * abs(best):
            lines, best = walk.lines, walk.cost
            yield lines, best
            waiting = shuffled(walk, lines, draw)
        else:
            walk.goes_to(lines, np.inf)


def shuffled(walk: Walk, lines: Array, draw: np.random.Generator) -> list[Whole]:
    """Return the hubs of each site where any of `lines` runs, in any order."""
    running = [hubs for hubs in walk.on.sites if lines[hubs].any()]
    return [running[n] for n in draw.permutation(len(running))]
