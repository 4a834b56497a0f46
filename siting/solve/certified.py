"""A plan with a proof for every arc of a large part, found on smaller models.

1. **Prices**: the relaxation of the part with its sources merged where they are many; what its
   duals prove for every source and arc (``reduced/value.py``), again from the better prices.
2. **Search**: HiGHS on a model of few clusters at their mean costs: its lines are the plan's.
3. **Plan**: flows for those lines from every source, one linear program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from models.plan import Plan
from siting.errors import NoPlanError
from siting.solve.finding import Duals, Found
from siting.solve.highs import relax, search
from siting.solve.line import best_of, built_model, known_lines, starts, without_services
from siting.solve.reduced.collect import cheapest_by, collection
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import shape_of, small_model
from siting.solve.reduced.value import proof
from siting.solve.reduced.weight import objective_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.highs import Answer
    from siting.solve.line import Built, Known, Running
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.value import Proof

MOST_ALONE = 2500
"""Sources that the relaxation has one by one; more are merged to about so many."""

MOST_ROUNDS = 4

CLOSE = 5e-4
"""Prices are good enough when they prove this share less than the relaxation they come from."""

MOST_CLUSTERS = 900
"""Clusters of all groups of sources together that lines are searched for with."""

KNOWN_SHARE = 0.1
"""Share of the search's time that services are searched for, for each known table of hubs [-]."""


@dataclass(frozen=True)
class Prices:
    """The best prices found, and what they prove."""

    proof: Proof
    duals: Duals


def certified(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
) -> Found:
    """Return the best plan found for the part `data`, with a bound for all its arcs."""
    found = collection(data)
    prices = best_prices(data, found, effort, progress, objective)
    built = search_model(data, found, prices, effort, objective)
    rows, columns = built.form.a.shape
    progress(f"search, {columns:,} columns, {rows:,} rows")
    answer, earlier = searched(built, effort, progress, known)
    running = built.running(answer.x)
    choices = [running, without_services(running)] if len(built.m.run_service) else [running]
    progress("flows of every source")
    replays = [running for options in earlier for running in options]
    core = core_of(data, found, prices.proof, [*choices, *replays], effort, known)
    whole = built_model(core, objective)
    replayed = [best_of(whole, options) for options in earlier]
    answers = [a for a in [best_of(whole, choices), *replayed] if a is not None]
    if not answers:
        raise NoPlanError(
            "what was found on merged sources keeps a limit that single sources do not. "
            "Raise solver.clusters."
        )
    return Found(
        core=core,
        built=whole,
        answer=min(answers, key=lambda answer: answer.objective),
        bound=prices.proof.bound,
        duals=prices.duals,
        known=tuple(a.objective if a else np.inf for a in replayed),
        interrupted=answer.interrupted,
    )


def best_prices(
    data: Instance, found: Collection, effort: Effort, progress: Progress, objective: str
) -> Prices:
    """Return the prices that prove most, of a few rounds of relaxations."""
    weights = objective_weights(data, objective)
    carried = weights.of(found.carried)
    price = cheapest_by(found.pair, carried, len(found.pairs))
    regret = carried - price[found.pair]
    price = np.minimum(price, weights.of(found.left))
    best: Prices | None = None
    for _ in range(MOST_ROUNDS):
        cluster = relaxation_clusters(found, regret)
        shape = shape_of(found, cluster, regret, effort.arcs_per_source)
        progress(f"building the model, {len(shape.node):,} of {len(data.arcs):,} arcs")
        small = small_model(data, found, shape, objective)
        form = small.priced(price)
        rows, columns = form.a.shape
        progress(f"relaxation, {columns:,} columns, {rows:,} rows")
        answer = relax(form)
        proven = proof(small, answer.duals)
        progress(f"relaxation {answer.objective:,.0f}, proven for every arc {proven.bound:,.0f}")
        if best is None or proven.bound > best.proof.bound:
            better = None if best is None else proven.bound - best.proof.bound
            best = Prices(proven, Duals(small.built, answer.duals))
            if better is not None and better < CLOSE * abs(proven.bound):
                break
        if answer.objective - proven.bound <= CLOSE * abs(answer.objective):
            break
        price, regret = best.proof.price, best.proof.regret
    assert best is not None
    return best


def relaxation_clusters(found: Collection, regret: Array) -> Whole:
    """Return sources one by one, or merged to about ``MOST_ALONE`` where they are more."""
    count = len(found.pairs)
    if count <= MOST_ALONE:
        return np.arange(count, dtype=np.int64)
    groups = int(found.group.max()) + 1
    return clusters(found, regret, max(MOST_ALONE // groups, 1))


def search_model(
    data: Instance, found: Collection, prices: Prices, effort: Effort, objective: str
) -> Built:
    """Return the model of few clusters at their mean costs that lines are searched in."""
    groups = int(found.group.max(initial=-1)) + 1
    count = max(min(effort.clusters, MOST_CLUSTERS // max(groups, 1)), 1)
    regret = prices.proof.regret
    shape = shape_of(found, clusters(found, regret, count), regret, effort.arcs_per_source)
    small = small_model(data, found, shape, objective)
    return replace(small.built, form=small.typical())


def searched(
    built: Built, effort: Effort, progress: Progress, known: Sequence[Known]
) -> tuple[Answer, list[list[Running]]]:
    """Return what the search found, and what the known plans run."""

    def heard(incumbent: float, bound: float) -> None:
        progress(f"search, plan {incumbent:,.0f}, bound {bound:,.0f}")

    earlier = known_lines(built, known, effort.gap, effort.time_limit_s * KNOWN_SHARE)
    tried = [running for choices in earlier for running in choices]
    start = best_of(built, [*starts(built, relax(built.form).x), *tried])
    x = None if start is None else start.x
    return search(built.form, x, effort.gap / 2, effort.time_limit_s, heard), earlier


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
    ends = [data.arcs.index.get_level_values(level) for level in ("origin", "destination")]
    lively = ~(ends[0].isin(idle) | ends[1].isin(idle))
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
