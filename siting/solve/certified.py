"""A plan with a proof for every arc of a large part, found on smaller models.

1. **Prices**: the relaxation of the part with its sources merged where they are many; what its
   duals prove for every source and arc (``reduced/value.py``), again from the better prices.
2. **Whole lines** (``lagrange/``): prices at which every site plans for itself in whole lines prove
   more. Where their plans run lines are the sites that good plans have.
3. **Search** (``group.py``): HiGHS on models of these sites and few clusters at their mean costs,
   one for each group of technologies that live on the same waste: their lines are the plan's.
4. **Plan**: flows for those lines from every source, one linear program.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from models.plan import Plan
from siting.errors import NoPlanError
from siting.solve.arc import past
from siting.solve.finding import Duals, Found
from siting.solve.group import Earlier, searched
from siting.solve.highs import relax
from siting.solve.lagrange.ascent import raised
from siting.solve.lagrange.certificate import certificate
from siting.solve.lagrange.problem import problem_of
from siting.solve.likely import kept_sites, ranked_sites, with_sites
from siting.solve.line import best_of, built_model, without_services
from siting.solve.reduced.collect import cheapest_by, collection
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import shape_of, small_model
from siting.solve.reduced.value import proof
from siting.solve.reduced.weight import objective_weights
from siting.solve.start import better_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.line import Known, Running
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.small import Shape, Small
    from siting.solve.reduced.value import Proof
    from siting.solve.start import Start

MOST_ALONE = 2500
"""Sources that the relaxation has one by one; more are merged to about so many."""

MOST_MERGED = 1500
"""Clusters, of all groups of sources together, of the relaxation of many sources."""

MOST_ROUNDS = 4

FEW = 10
"""Sites of the first search, if fewer are busy."""

STAGES = ((0.4, 0), (1.0, 14), (1.0, 1_000_000))
"""Share of the time that is left, and sites beside the busy ones, of one search after another."""

MOST_ASCENTS = 400

ASCENT_SHARE = 0.4
"""Share of the search's time that prices are raised for, on top of it [-]."""

CLOSE = 2e-3
"""Prices are good enough when they prove this share less than the relaxation they come from."""


@dataclass(frozen=True)
class Prices:
    """The best prices found, and what they prove.

    Attributes
    ----------
    relaxed : value of the relaxation they come from, which may lack arcs.
    """

    small: Small
    proof: Proof
    duals: Duals
    relaxed: float


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
    search = Search(data, prices, effort, progress, objective)
    found_lines, earlier, interrupted = search.staged(*ranked_sites(problem, lifted), known)
    progress("flows of every source")
    replays = [running for options in earlier for running in options]
    choices = found_lines
    if len(prices.duals.built.m.run_service):
        choices = [*choices, *map(without_services, choices)]
    core = core_of(data, found, prices.proof, [*choices, *replays], effort, known)
    whole = built_model(core, objective)
    replayed = [best_of(whole, options) for options in earlier]
    answers = [a for a in [best_of(whole, choices), *replayed] if a is not None]
    if not answers:
        raise NoPlanError(
            "what was found on merged sources keeps a limit that single sources do not. "
            "Raise solver.clusters."
        )
    bound, proof_prices = prices.proof.bound, prices.duals
    if lifted.bound >= bound:
        bound, proof_prices = lifted.bound, certificate(prices.small, problem, lifted)
    return Found(
        core=core,
        built=whole,
        answer=min(answers, key=lambda answer: answer.objective),
        bound=bound,
        certified=bound,
        duals=prices.duals,
        prices=proof_prices,
        known=tuple(a.objective if a else np.inf for a in replayed),
        interrupted=interrupted,
    )


@dataclass(frozen=True)
class Search:
    """The search for lines of a part: first among the likeliest sites, then among more."""

    data: Instance
    prices: Prices
    effort: Effort
    progress: Progress
    objective: str

    def staged(
        self, ranked: list[str], busy: int, known: Sequence[Known]
    ) -> tuple[list[Running], list[list[Running]], bool]:
        """Return what the plans found run, the best last, what `known` run, and if it was stopped.

        Parameters
        ----------
        ranked : sites, the likeliest first.
        busy : how many of them every search has.
        """
        lines: list[Running] = []
        earlier: list[list[Running]] = [[] for _ in known]
        left_s, stopped = self.effort.time_limit_s, False
        kept = kept_sites(self.data, known)
        fewest = max(busy, FEW)
        enough = 1 if len(ranked) <= fewest else 2
        for share, more in STAGES:
            count = fewest + more
            if stopped or len(lines) == enough:
                break
            started = time.monotonic()
            effort = replace(self.effort, time_limit_s=max(share * left_s, 1.0))
            data = with_sites(self.data, kept | set(ranked[:count]))
            try:
                before = Earlier(known, lines[-1:])
                answer, replays = searched(
                    data, self.prices, effort, self.progress, before, self.objective
                )
            except NoPlanError:
                if count >= len(ranked):
                    raise
                continue
            lines.append(answer.running)
            earlier = replays
            stopped = answer.interrupted
            left_s -= time.monotonic() - started
        return lines, earlier, stopped


def best_prices(
    data: Instance, found: Collection, effort: Effort, progress: Progress, objective: str
) -> Prices:
    """Return the prices that prove most, of a few rounds of relaxations.

    Lanes that a round's prices make good join those that the model has; sources are merged anew
    once, when the first round's prices say which of them are alike.
    """
    weights = objective_weights(data, objective)
    carried = weights.of(found.carried)
    price = cheapest_by(found.pair, carried, len(found.pairs))
    regret = carried - price[found.pair]
    price = np.minimum(price, weights.of(found.left))
    best: Prices | None = None
    shape: Shape | None = None
    for number in range(MOST_ROUNDS):
        if number <= 1:
            cluster = relaxation_clusters(found, regret)
            is_same = shape is not None and len(found.pairs) <= MOST_ALONE
            shape = shape if is_same else None
        shape = shape_of(found, cluster, regret, effort.arcs_per_source, shape)
        progress(f"building the model, {len(shape.node):,} of {len(data.arcs):,} arcs")
        small = small_model(data, found, shape, objective)
        form = small.priced(price)
        rows, columns = form.a.shape
        progress(f"relaxation, {columns:,} columns, {rows:,} rows")
        answer = relax(form)
        proven = proof(small, answer.duals)
        progress(f"relaxation {answer.objective:,.0f}, proven for every arc {proven.bound:,.0f}")
        if best is None or proven.bound > best.proof.bound:
            best = Prices(small, proven, Duals(small.built, answer.duals), answer.objective)
        if answer.objective - best.proof.bound <= CLOSE * abs(answer.objective):
            break
        price, regret = best.proof.price, proven.regret
    assert best is not None
    return best


def relaxation_clusters(found: Collection, regret: Array) -> Whole:
    """Return sources one by one, or merged to about ``MOST_MERGED`` where they are many."""
    count = len(found.pairs)
    if count <= MOST_ALONE:
        return np.arange(count, dtype=np.int64)
    groups = int(found.group.max()) + 1
    return clusters(found, regret, max(MOST_MERGED // groups, 1))


def core_of(
    data: Instance,
    found: Collection,
    proven: Proof,
    choices: Sequence[Running],
    effort: Effort,
    known: Sequence[Known],
) -> Instance:
    """Return the part with the arcs that a plan of `choices` may want.

    Of each source the best to a site that runs or to a sink, in every period, and those that a
    known plan uses; of the other arcs those from where lines run.
    """
    sites = {index[1] for running in choices for index, value in running.items()
             if index[0] == "run_hub" and value > 0.5}  # fmt: skip
    all_sites = set(data.hubs.index.unique("site"))
    idle = all_sites - sites
    lively = past(data, idle)
    kept = lively.copy()
    kept[found.arc] = False
    candidates = np.flatnonzero(lively[found.arc])
    kept[found.arc[candidates[best_few(found, proven, candidates, effort.arcs_per_source)]]] = True
    kept |= used_before(data, known)
    return data.with_arcs(kept)


def best_few(found: Collection, proven: Proof, arcs: Whole, count: int) -> npt.NDArray[np.bool_]:
    """Return which of `arcs` are among the `count` best of their source, in some period half."""
    pair = found.pair[arcs]
    regret = proven.regret[arcs]
    best = np.zeros(len(arcs), dtype=bool)
    for column in (regret.min(axis=1), regret[:, 0], regret[:, -1]):
        order = np.lexsort((column, pair))
        first = np.r_[True, pair[order][1:] != pair[order][:-1]] if len(order) else order == 0
        start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
        rank = np.arange(len(order)) - start
        best[order[rank < max(count * 2 // 3, 1)]] = True
    return best


def used_before(data: Instance, known: Sequence[Known]) -> npt.NDArray[np.bool_]:
    """Return which arcs go where a known plan carries something: its flows must fit the model."""
    flows = [plan.flows.index.droplevel("period") for plan in known if isinstance(plan, Plan)]
    used = {(o, d, k) for index in flows for o, d, _, k in index}
    if not used:
        return np.zeros(len(data.arcs), dtype=bool)
    return np.asarray(data.arcs.index.droplevel("mode").isin(used), dtype=bool)
