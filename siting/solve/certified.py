"""A plan with a proof for every arc of a large part, found on smaller models.

1. **Prices**: the relaxation of the part with its sources merged where they are many; what its
   duals prove for every source and arc (``reduced/value.py``), again from the better prices.
2. **Whole lines** (``lagrange/``): prices at which every site plans for itself in whole lines prove
   more. Where their plans run lines are the sites that good plans have.
3. **Search** (``group.py``): moves, and HiGHS where it is quick, on models of these sites and few
   clusters at their mean costs, one for each group of technologies that live on the same waste.
4. **Plan**: flows for those lines from every source, one linear program on the arcs that its prices
   want; then moves of single lines (``move.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from siting.errors import NoPlanError
from siting.solve.core import core_of
from siting.solve.finding import Found, multipliers, target_fees
from siting.solve.flows import Program, with_few
from siting.solve.group import Earlier, Setting, searched
from siting.solve.lagrange.ascent import raised
from siting.solve.lagrange.certificate import certificate
from siting.solve.lagrange.problem import problem_of
from siting.solve.likely import kept_sites, likely, with_sites
from siting.solve.line import best_of, built_model, carried, without_services
from siting.solve.reduced.collect import collection
from siting.solve.relaxation import best_prices
from siting.solve.side_by_side import processors, quiet, side_by_side
from siting.solve.start import better_start
from siting.solve.work import Limit
from siting.solve.worth import site_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.highs import Answer
    from siting.solve.lagrange.ascent import Raised
    from siting.solve.lagrange.problem import Problem
    from siting.solve.likely import Likely
    from siting.solve.line import Built, Known, Running
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.value import Proof
    from siting.solve.relaxation import Prices
    from siting.solve.start import Start

FEW = 10
"""Sites of the first search, if fewer are busy."""

STAGES = ((0.4, 0), (1.0, 14), (1.0, 1_000_000))
"""Share of the time that is left, and sites beside the busy ones, of one search after another."""

MOVES_SHARE = 0.5
"""Share of the time for moves of the lines found, with every source; the rest to find them [-]."""

LARGE = 50_000
"""Arcs from which on searches side by side are worth processes of their own."""

SIDE_BY_SIDE = 2
"""Searches side by side: from the first of `STAGES` on, and from the second."""

MOST_ASCENTS = 400

ASCENT_SHARE = 0.4
"""Share of the search's time that prices are raised for, on top of it [-]."""


@dataclass(frozen=True)
class Lines:
    """The best lines found for a part, and the flows for them.

    Attributes
    ----------
    core : the part with the arcs that `built` holds; answer : flows from every source.
    replayed : what each known plan leads to, None where it cannot run.
    """

    core: Instance
    built: Built
    answer: Answer
    replayed: list[Answer | None]
    interrupted: bool = False

    def stopped(self, is_stopped: bool) -> Lines:
        """Return the same, found by a search that the user stopped if `is_stopped`."""
        return replace(self, interrupted=self.interrupted or is_stopped)

    def written(self, objective: str) -> Lines:
        """Return the same with a model that Pyomo wrote down, every flow of it."""
        built = built_model(self.core, objective)
        answer = best_of(built, [self.built.running(self.answer.x)])
        assert answer is not None
        return replace(self, built=built, answer=answer)

    def proven(self, bound: float, fees: pd.Series, multipliers: pd.DataFrame) -> Found:
        """Return the lines with a `bound` that the `multipliers` prove."""
        return Found(
            core=self.core,
            built=self.built,
            answer=self.answer,
            bound=bound,
            certified=bound,
            fees=fees,
            multipliers=multipliers,
            known=tuple(a.objective if a else np.inf for a in self.replayed),
            interrupted=self.interrupted,
        )


def certified(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
    start: Start | None = None,
) -> Found:
    """Return the best plan found for the part `data`, with a bound for all its arcs.

    Prices of `start` that prove more than those of the relaxation are where they are raised from.
    """
    found = collection(data)
    prices = best_prices(data, found, effort, progress, objective)
    problem = problem_of(prices.small, prices.duals.of_rows)
    limit_s = effort.time_limit_s * ASCENT_SHARE
    price, problem = better_start(problem, prices.proof.price, start, data, objective)
    lifted = raised(problem, price, MOST_ASCENTS, limit_s)
    progress(f"whole lines prove {lifted.bound:,.0f}")
    setting = Setting(site_values(prices.duals), progress, objective)
    workers = processors() if len(data.arcs) >= LARGE else 1
    search = Search(data, effort, found, prices.proof, setting, workers)
    lines = best_lines(search, likely(data, problem, lifted), known).written(objective)
    return with_proof(lines, data, prices, problem, lifted, objective)


def with_proof(
    lines: Lines,
    data: Instance,
    prices: Prices,
    problem: Problem,
    lifted: Raised,
    objective: str,
) -> Found:
    """Return `lines` with what is proven for `data`: in whole lines, or by the relaxation."""
    bound, proof_prices = prices.proof.bound, prices.duals
    if lifted.bound >= bound:
        bound, proof_prices = lifted.bound, certificate(prices.small, problem, lifted)
    fees = target_fees(prices.duals, data, objective)
    return lines.proven(bound, fees, multipliers(proof_prices, objective))


def best_lines(search: Search, first: Likely, known: Sequence[Known]) -> Lines:
    """Return the best of the lines that `search` finds, with flows from every source."""
    return with_flows(search, *search.lines(first, known), known, MOVES_SHARE)


def with_flows(
    search: Search,
    choices: Sequence[Running],
    earlier: Sequence[Sequence[Running]],
    interrupted: bool,
    known: Sequence[Known],
    moves_share: float,
) -> Lines:
    """Return the cheapest of what may run, with flows from every source.

    Parameters
    ----------
    choices : found in this run; earlier : of the plans `known`.
    interrupted : whether the user stopped the search that found them.
    moves_share : share of the time for moves of lines, from the cheapest on [-].

    Raises
    ------
    NoPlanError
        If none of them keeps every limit.
    """
    setting = search.setting
    setting.progress("flows of every source")
    choices = [lines for n, lines in enumerate(choices) if lines not in choices[:n]]
    every = [*choices, *(running for options in earlier for running in options)]
    data, has = core_of(search.data, search.found, search.proof, every, search.effort, known)
    whole = setting.write(data, setting.objective)
    tried = [*choices, *(map(without_services, choices) if len(data.services) else ())]
    lines = first_lines(*with_few(data, whole, has), tried, earlier)
    if lines is None:
        raise NoPlanError(
            "what was found on merged sources keeps a limit that single sources do not. "
            "Raise solver.clusters."
        )
    program = Program(data, whole, has, lines.answer)
    limit_s = 0.0 if interrupted else search.effort.time_limit_s * moves_share
    answer = program.best(tried, limit_s, setting.progress)
    core, built = with_few(data, whole, program.has)
    lines = replace(lines, core=core, built=built, answer=answer)
    return lines.stopped(interrupted or answer.interrupted)


def first_lines(
    core: Instance,
    built: Built,
    choices: Sequence[Running],
    earlier: Sequence[Sequence[Running]],
) -> Lines | None:
    """Return the first of `choices` that leads to a plan, or what `earlier` plans run if cheaper.

    None where none of them keeps every limit of `core`, whose model is `built`.
    """
    first = next((answer for one in choices if (answer := carried(built, one))), None)
    replayed = [best_of(built, options) for options in earlier]
    answers = [answer for answer in [first, *replayed] if answer is not None]
    if not answers:
        return None
    best = min(answers, key=lambda answer: answer.objective)
    return Lines(core, built, best, replayed)


@dataclass(frozen=True)
class Search:
    """The search for lines of a part: first among the likeliest sites, then among more.

    Attributes
    ----------
    workers : processes that search.
    stages : share of the time that is left, and sites beside the busy ones, of one after another.
    enough : stages that find a plan.
    """

    data: Instance
    effort: Effort
    found: Collection
    proof: Proof
    setting: Setting
    workers: int = 1
    stages: Sequence[tuple[float, int]] = STAGES
    enough: int = 2

    def has_more(self, first: Likely) -> bool:
        """Return whether there are more sites than the first search has."""
        return len(first.sites) > max(first.busy, FEW)

    def lines(
        self, first: Likely, known: Sequence[Known]
    ) -> tuple[list[Running], list[list[Running]], bool]:
        """Return what ``staged`` does in the time that moves leave, side by side where it can."""
        limit_s = self.effort.time_limit_s * (1 - MOVES_SHARE)
        search = replace(self, effort=replace(self.effort, time_limit_s=limit_s))
        if self.workers == 1 or not self.has_more(first):
            return search.staged(first, known)
        self.setting.progress("search on few sites and on more, side by side")
        search = replace(search, setting=replace(self.setting, progress=quiet), enough=1)
        stages = [(1.0, more) for _, more in STAGES]
        searches = [replace(search, stages=stages[n:]) for n in range(SIDE_BY_SIDE)]
        tasks = [partial(one.staged, first, known) for one in searches]
        found = list(side_by_side(tasks, self.workers))
        lines = [running for of_one, *_ in found for running in of_one]
        return lines, found[-1][1], any(stopped for *_, stopped in found)

    def staged(
        self, first: Likely, known: Sequence[Known]
    ) -> tuple[list[Running], list[list[Running]], bool]:
        """Return what the plans found run, the best last, what `known` run, and if it was stopped.

        Parameters
        ----------
        first : what good plans have; every search has its busy sites.
        """
        lines: list[Running] = []
        earlier: list[list[Running]] = [[] for _ in known]
        limit, stopped = Limit(self.effort.time_limit_s), False
        kept = kept_sites(self.data, known)
        fewest = max(first.busy, FEW)
        enough = self.enough if self.has_more(first) else 1
        for share, more in self.stages:
            count = fewest + more
            if stopped or len(lines) == enough:
                break
            effort = replace(self.effort, time_limit_s=max(share * limit.left_s, 1.0))
            data = with_sites(self.data, kept | set(first.sites[:count]))
            try:
                before = Earlier(known, [*first.lines, *lines[-1:]])
                answer, replays = searched(data, effort, self.setting, before)
            except NoPlanError:
                if count >= len(first.sites):
                    raise
                continue
            lines.append(answer.running)
            earlier = replays
            stopped = answer.interrupted
        return lines, earlier, stopped
