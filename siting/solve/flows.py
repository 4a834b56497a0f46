"""Flows for lines that are known: one linear program that takes the arcs its prices want.

Every arc from where lines may run has its column in arrays; HiGHS holds few of them. What one more
tonne on each of the others would save is one product of arrays; those that would save something
join, until none would. So the flows are the best on all arcs, and HiGHS, which goes on from where
it was, needs a few pivots for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.board import board
from siting.solve.core import best_few
from siting.solve.matrix import with_lines
from siting.solve.move import moved
from siting.solve.session import session_from
from siting.solve.shell.place import ORIGIN, pair_of_arcs
from siting.solve.swap import near_sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.effort import Progress
    from siting.solve.highs import Answer
    from siting.solve.line import Running
    from siting.solve.matrix import Array, Whole
    from siting.solve.shell.built import Appended

LITTLE = 1e-7
"""Share of the cost that an arc must be able to save [-]."""

WANTED = 3
"""Arcs of a source that may come at a time."""


def with_few(
    data: Instance, whole: Appended, has: npt.NDArray[np.bool_]
) -> tuple[Instance, Appended]:
    """Return `data` and `whole`, its model, with the arcs that `has` says alone."""
    return data.with_arcs(has), whole.with_arcs(has)


class Program:
    """The flows of a part, kept in HiGHS with few of its arcs.

    Attributes
    ----------
    data : the part with the arcs from where lines may run; whole : its model.
    form : the same with lines held; kept : what HiGHS has of it.
    has : which arcs that is; columns : where its columns stand in `whole`, in its order.
    """

    def __init__(
        self, data: Instance, whole: Appended, has: npt.NDArray[np.bool_], start: Answer
    ) -> None:
        """Hold the lines of `start`, flows in the model ``with_few`` of the arcs it `has`."""
        self.data, self.whole, self.has = data, whole, has.copy()
        self.pair = pair_of_arcs(data, ORIGIN, whole.shell.pairs)
        self.columns = whole.places_with(has)
        self.form = with_lines(whole.form, self.in_whole(start.x))
        self.kept = session_from(self.form.of_columns(self.columns), start)

    def best(self, choices: Iterable[Running], limit_s: float, progress: Progress) -> Answer:
        """Return the best flows on all arcs, for the lines held, other `choices` or better ones.

        It is an answer to the model ``with_few`` of what the program has in the end.

        Parameters
        ----------
        limit_s : time for moves of the cheapest lines; none are made in no time [s].
        """
        answer = self.cheapest(choices)
        if limit_s > 0:
            on = board(self.whole, near_sites(self.data))
            better = moved(on, self.kept, answer, limit_s, progress)
            self.kept.held(*on.columns(np.round(better.x[on.column])), np.inf)
            answer = replace(self.settled(), interrupted=better.interrupted)
        return replace(answer, x=answer.x[np.argsort(self.columns)])

    def cheapest(self, choices: Iterable[Running]) -> Answer:
        """Return the best flows on all arcs for the lines held or, where cheaper, of `choices`.

        These lines are held then.
        """
        lines = np.flatnonzero(self.whole.form.is_integer)
        best = answer = self.settled()
        for running in choices:
            values = self.whole.values(running)[lines]
            if self.kept.held(lines, values, np.inf) is not None:
                answer = self.settled()
                best = min(best, answer, key=lambda one: one.objective)
        if best is not answer:
            self.kept.held(lines, np.round(best.x[lines]), np.inf)
            answer = self.settled()
        return answer

    def in_whole(self, x: Array) -> Array:
        """Return the columns of the whole where those of the program are `x`."""
        every = np.zeros(len(self.whole.form.cost))
        every[self.columns] = x
        return every

    def settled(self) -> Answer:
        """Return the best flows for the lines held, on all arcs."""
        answer = self.kept.solved()
        while len(arcs := self.wanted(answer)):
            self.has[arcs] = True
            places = self.whole.places(arcs)
            self.columns = np.r_[self.columns, places]
            form = self.form.of_columns(places)
            answer = self.kept.with_columns(form.cost, form.lower, form.upper, form.a)
        return answer

    def wanted(self, answer: Answer) -> Whole:
        """Return the arcs that would make the flows of `answer` cheaper, a few of each source."""
        form = self.whole.form
        margin = self.whole.flow_t(self.data, form.cost - form.a.T @ answer.duals)
        out = np.flatnonzero((self.pair >= 0) & ~self.has)
        most = np.maximum(-margin[out], 0.0) * self.whole.supply_t[self.pair[out]]
        little = LITTLE * max(abs(answer.objective), 1.0)
        arcs = out[most.max(axis=1, initial=0.0) > little]
        best: Whole = arcs[best_few(self.pair[arcs], margin[arcs], WANTED)]
        return best
