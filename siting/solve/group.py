"""Search the lines of one group of technologies after the other.

Technologies that live on the same waste are a group: a chain from what is collected to what is
sold. Groups share little: the opening cost and plot of sites, and by-products that another group
could take. So each group is searched by itself, on a few clusters of its sources at their mean
costs: first among the hubs of lines that fit what flows (``sizing.py``), then among all. What it
makes for others is worth what the relaxation of the whole says, and sites that earlier groups use
are open. What all of it costs is computed on the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.solve.arc import collecting
from siting.solve.highs import relax, search
from siting.solve.line import best_of, known_lines, starts
from siting.solve.move import walked
from siting.solve.part import JOINING_ALL, chosen_together, labels, name_of, part, tied
from siting.solve.reduced.collect import above_cheapest, collection
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import shape_of, small_model
from siting.solve.reduced.weight import objective_weights
from siting.solve.shell.built import appended_model
from siting.solve.sizing import fitted, with_few_hubs
from siting.solve.swap import near_sites
from siting.solve.work import Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.highs import Answer
    from siting.solve.line import Built, Known, Running, Writer
    from siting.solve.matrix import Array, Matrix
    from siting.solve.part import Member
    from siting.solve.shell.built import Appended

LEAST_SEARCH_S = 3.0
"""Every group may search at least so long [s]."""

LEAST_HIGHS_S = 10.0
"""HiGHS is not asked for less where a plan is known: its first cuts alone may take 25 s [s]."""

LANES = 24
"""Lanes that a cluster has at least in a search: a good site may be far [-]."""

TRANSFERS = 6
"""Sites that a site sends a commodity to, in the search: those cheapest to reach [-]."""

FITTING_SHARE = 0.2
"""Share of the search's time after which lines are fitted to no further relaxation [-]."""

FEW_HUBS_SHARE = 0.4
"""Share of the time left that HiGHS searches among the hubs of fitted lines first [-]."""

MOST_ROWS = 12_000
"""HiGHS is not asked for more where a plan is known: its first cuts take minutes, in any limit."""

MOVES_SHARE = 0.5
"""Share of the time then left for moves from what it found [-]."""

KNOWN_SHARE = 0.1
"""Share of the search's time that services are searched for, for each known table of hubs [-]."""


@dataclass(frozen=True)
class Searched:
    """What runs in the best plan found, and whether the user stopped the search."""

    running: Running
    interrupted: bool


@dataclass(frozen=True)
class Earlier:
    """What the search starts from: known plans, and lines found in this run."""

    known: Sequence[Known] = ()
    lines: Sequence[Running] = ()


@dataclass(frozen=True)
class Setting:
    """What every search of a part has in common.

    Attributes
    ----------
    values : what a tonne is worth at each site, as ``site_values`` has it.
    write : how models are written.
    """

    values: pd.Series
    progress: Progress
    objective: str
    write: Callable[[Instance, str], Appended] = appended_model


def searched(
    data: Instance, effort: Effort, setting: Setting, earlier: Earlier
) -> tuple[Searched, list[list[Running]]]:
    """Return what the search found, and what the known plans run."""
    parts = groups(data)
    running: Running = {}
    replayed: list[list[Running]] = [[] for _ in earlier.known]
    limit, interrupted = Limit(effort.time_limit_s), False
    for number, members in enumerate(parts):
        own = without_used(data, members, running)
        share_s = max(limit.left_s / (len(parts) - number), LEAST_SEARCH_S)
        share = replace(effort, time_limit_s=share_s)
        lanes = max(effort.arcs_per_source, LANES)
        built = search_model(own, setting.objective, effort.clusters, lanes, setting.write)
        if len(parts) > 1:
            others = taken_elsewhere(data, own)
            built = replace(built, form=worth_of_outputs(built, setting.values, others))
        rows, columns = built.form.a.shape
        setting.progress(f"search of {name_of(own)}, {columns:,} columns, {rows:,} rows")
        found, replays = search_one(built, share, setting.progress, earlier, near_sites(own))
        running |= built.running(found.x)
        for plan, options in zip(replayed, replays, strict=True):
            plan[:] = [
                old | new for old, new in zip(plan or [{}] * len(options), options, strict=True)
            ]
        interrupted |= found.interrupted
    return Searched(running, interrupted), replayed


def search_one(
    built: Built,
    effort: Effort,
    progress: Progress,
    earlier: Earlier,
    near: Mapping[str, Sequence[str]],
) -> tuple[Answer, list[list[Running]]]:
    """Return the best lines found for one group, and what the known plans run of it."""

    def heard(incumbent: float, bound: float) -> None:
        progress(f"search, plan {incumbent:,.0f}, bound {bound:,.0f}")

    limit = Limit(effort.time_limit_s)

    def left_s(share: float = 1.0) -> float:
        return max(share * limit.left_s, LEAST_SEARCH_S)

    replays = known_lines(built, earlier.known, effort.gap, effort.time_limit_s * KNOWN_SHARE)
    tried = [running for choices in replays for running in choices]
    relaxed = relax(built.form).x
    fits = list(fitted(built, relaxed, effort.time_limit_s * FITTING_SHARE))
    tried = [*fits, *earlier.lines, *tried]
    best = best_of(built, [*starts(built, relaxed), *tried])
    if best is None:
        return search(built.form, None, effort.gap / 2, left_s(), heard), replays
    is_small = built.form.a.shape[0] <= MOST_ROWS
    asks_highs = is_small and left_s(FEW_HUBS_SHARE) >= LEAST_HIGHS_S
    if asks_highs:
        few = with_few_hubs(built, [*tried, built.running(best.x)])
        best = search(few, best.x, effort.gap / 2, left_s(FEW_HUBS_SHARE), heard)
    if not best.interrupted:
        best = walked(built, best, near, left_s(MOVES_SHARE if asks_highs else 1.0), progress)
    if not best.interrupted and is_small and left_s() >= LEAST_HIGHS_S:
        best = search(built.form, best.x, effort.gap / 2, left_s(), heard)
    return best, replays


def groups(data: Instance) -> list[Instance]:
    """Return `data` by groups of technologies, the one with most supply first.

    Two technologies belong together if they take the same commodity, or one makes what the other
    takes and nothing of it is collected; also if a count or a ban names both, or a site that must
    run may have both. Limits on all of the plan keep it in one piece.
    """
    if any(len(getattr(data, name)) for name in JOINING_ALL):
        return [data]
    members, links = linked_members(data)
    label = labels(members, links)
    numbers = dict.fromkeys(label["technology", g] for kind, g in members if kind == "technology")
    if len(numbers) == 1:
        return [data]
    found = [part(data, [m for m in members if label[m] == number]) for number in numbers]
    found = [own for own in found if len(own.supply)]
    return sorted(found, key=lambda own: -float(own.supply["supply_t"].sum()))


def linked_members(data: Instance) -> tuple[list[Member], set[tuple[Member, Member]]]:
    """Return technologies, commodities, services and ports, and which of them belong together."""
    supplied = set(data.supply.index.unique("commodity"))
    recipes = data.recipes
    makes = recipes.index[recipes["yield_t_per_t"] > 0]
    takes = recipes.index[recipes["input_t_per_t"] > 0]
    links = {(("technology", g), ("commodity", k)) for g, k in takes}
    links |= {
        (("technology", g), ("commodity", k))
        for g, k in makes
        if k not in supplied and k in set(takes.get_level_values("commodity"))
    }
    for _, names in data.counted.index.to_frame(index=False).groupby("count")["technology"]:
        links |= tied(names)
    links |= {(("technology", a), ("technology", b)) for a, b in data.incompatible.index}
    links |= chosen_together(data)
    riding = data.arcs.index.droplevel(["origin", "destination"]).unique()
    links |= {(("service", v), ("commodity", k)) for v, k in riding if v in data.services.index}
    calling = data.calls.index.droplevel(["origin", "destination", "mode"]).unique()
    links |= {(("port", p), ("commodity", k)) for p, k in calling if k in supplied}
    tables = {"technology": recipes.index.unique("technology"), "commodity": data.commodities.index}
    tables |= {"service": data.services.index, "port": data.berths.index}
    members = [(kind, name) for kind, names in tables.items() for name in names]
    return members, links


def without_used(data: Instance, own: Instance, running: Running) -> Instance:
    """Return the group `own` where what earlier groups run has opened sites and taken land.

    A site in use from the first period costs nothing more; of a plot, what lines take in the
    period they take most is gone.
    """
    if not running or not len(own.sites):
        return own
    first = own.periods.index[0]
    used = {index[1] for index, v in running.items() if index[0] == "use_site" and v > 0.5}
    used &= {h for h in used if running.get(("use_site", h, first), 0.0) > 0.5}
    lines = {index[1:]: v for index, v in running.items() if index[0] == "run_hub" and v > 0.5}
    sites = own.sites
    plot_m2 = sites["plot_m2"].astype(float)
    if lines:
        names = ["site", "technology", "size", "period"]
        table = pd.Series(lines).rename_axis(names)
        land_m2 = data.hubs["land_m2"].reindex(table.index.droplevel("period")).to_numpy(float)
        by_period = (table * land_m2).groupby(level=["site", "period"]).sum()
        taken_m2 = by_period.groupby(level="site").max()
        plot_m2 = (plot_m2 - taken_m2.reindex(sites.index, fill_value=0.0)).clip(lower=0.0)
    opening_jpy = sites["opening_jpy"].where(~sites.index.isin(used), 0.0)
    return own.with_tables(sites=sites.assign(opening_jpy=opening_jpy, plot_m2=plot_m2))


def search_model(
    data: Instance, objective: str, count: int, lanes: int, write: Writer = appended_model
) -> Built:
    """Return the model of `count` clusters at their mean costs that lines are searched in.

    Parameters
    ----------
    lanes : the best ones of each cluster that it has.
    """
    data = near_transfers(data)
    found = collection(data)
    weights = objective_weights(data, objective)
    regret = above_cheapest(found, weights.of(found.carried))
    cluster = clusters(found, regret, count)
    shape = shape_of(found, cluster, regret, lanes)
    small = small_model(data, found, shape, objective, write)
    return replace(small.built, form=small.typical())


def near_transfers(data: Instance) -> Instance:
    """Return `data` where each site sends what it makes to few other sites, the cheapest to reach.

    For the search alone: a plan's flows may go to any site where lines run.
    """
    sites = data.hubs.index.unique("site")
    ends = data.arcs.index.get_level_values("destination").isin(sites) & ~collecting(data)
    at = np.flatnonzero(ends)
    offers = data.arcs.iloc[at]
    groups = [offers.index.get_level_values(level) for level in ("origin", "commodity")]
    cost = pd.Series(offers["cost_jpy_per_t"].to_numpy(float), index=at)
    rank = cost.groupby(groups).rank(method="first")
    kept = np.ones(len(data.arcs), dtype=bool)
    kept[at] = rank.to_numpy() <= TRANSFERS
    return data.with_arcs(kept)


def taken_elsewhere(data: Instance, own: Instance) -> set[str]:
    """Return the commodities that technologies of other groups take."""
    other = ~data.recipes.index.isin(own.recipes.index)
    takes = data.recipes[other & (data.recipes["input_t_per_t"] > 0)]
    return set(takes.index.unique("commodity"))


def worth_of_outputs(built: Built, values: pd.Series, names: set[str]) -> Matrix:
    """Return the costs of `built` where other groups pay for `names` what the whole would pay."""
    form, column = built.form, built.form.column_of
    cost: Array = form.cost.copy()
    for index, variable in built.m.disposal.items():
        if index[1] in names and index in values.index:
            place = column[id(variable)]
            cost[place] = min(cost[place], -float(values[index]))
    return replace(form, cost=cost)
