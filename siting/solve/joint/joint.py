"""A plan with a proof for a part of several blocks, one block after the other.

1. **Rent**: one relaxation of all blocks on few clusters says what land is worth where they compete
   for it, and what they sell each other (``land.py``).
2. **Bound**: each block proves its own, in whole lines, at that rent, at prices of what it buys and
   sells, and with a share of the opening cost of sites. The sum less the rent of all plots holds
   for the whole, whatever rent, prices and shares are.
3. **Plan**: each block searches its lines on what those before it left of plots and demand, where
   the sites that they opened are open; blocks that buy come last and know what is made for them,
   those that take little land come first. Rent makes it spare land that others need more.
4. **Flows**: all lines together, on the arcs that the blocks use: one linear program.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.errors import NoPlanError
from siting.solve.arc import collecting, past
from siting.solve.certified import Search, best_lines, certified, first_lines
from siting.solve.core import used_before
from siting.solve.finding import Found, row_name
from siting.solve.group import Setting, without_used
from siting.solve.joint.block import blocks_of, waves
from siting.solve.joint.land import LAND, rents_of, roomy_first, thrifty_first
from siting.solve.joint.market import OBJECTIVE, Market
from siting.solve.joint.tally import flows_of, made_by, no_tonnes
from siting.solve.joint.trade import lots_of, outlet_values, prices_of_lots, supplied, true_arcs
from siting.solve.lagrange.mass import most_masses
from siting.solve.lagrange.place import makers
from siting.solve.line import built_model, known_lines
from siting.solve.matrix import UNIT
from siting.solve.reduced.collect import collection
from siting.solve.side_by_side import processors, quiet, side_by_side
from siting.solve.swap import used_sites
from siting.solve.worth import site_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.certified import Lines
    from siting.solve.effort import Effort, Progress
    from siting.solve.joint.block import Block
    from siting.solve.joint.facts import Facts
    from siting.solve.line import Known, Running
    from siting.solve.start import Start

MADE_IS_PLACED = "made_is_placed"

LARGE = 200_000
"""Arcs from which on a part is solved block by block, each in a process of its own."""


def joint(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
    start: Start | None = None,
) -> Found:
    """Return the best plan found for the part `data`, with a bound for all its arcs.

    A part of one block, or where anything but cost decides, is searched in one piece.
    """
    blocks = blocks_of(data) if objective == "cost" else []
    if len(blocks) <= 1:
        return certified(data, effort, progress, known, objective, start)
    work = Joint(data, blocks, effort, progress, start)
    work.learn()
    for block in work.in_order():
        try:
            work.plan(block, known)
        except KeyboardInterrupt:
            if not work.used:
                raise
            work.interrupted = True
        if work.interrupted:
            break
    return work.found(known)


class Joint:
    """The work on one part, block after block.

    Attributes
    ----------
    market : what all blocks have in common; facts : what is known of the blocks priced so far.
    is_large : whether blocks are worth processes of their own, `workers` at a time.
    running : lines of the blocks planned so far; used : arcs that they use.
    sold_t, made_t : (sink, commodity, period), (site, commodity, period) of them [t/yr].
    """

    def __init__(
        self,
        data: Instance,
        blocks: list[Block],
        effort: Effort,
        progress: Progress,
        start: Start | None,
    ) -> None:
        """Take the part and its blocks, and find what their land is worth."""
        self.data, self.progress = data, progress
        self.is_large = len(data.arcs) >= LARGE
        self.workers = processors() if self.is_large else 1
        traded = frozenset().union(*(block.buys for block in blocks))
        places = pd.MultiIndex.from_tuples(makers(data), names=["site", "commodity"])
        places = places[places.get_level_values("commodity").isin(traded)]
        outlets = outlet_values(data, places, OBJECTIVE)
        rents = rents_of(data, progress, OBJECTIVE)
        paid = prices_of_lots(data, lots_of(data, traded, places), rents.worth_at, OBJECTIVE)
        worth = outlets.combine(paid.reindex(places), np.fmax)
        masses = most_masses(data)
        self.market = Market(data, blocks, effort, start, rents, places, worth, outlets, masses)
        self.facts: dict[Block, Facts] = {}
        self.running: Running = {}
        self.used: list[pd.MultiIndex] = []
        self.sold_t = no_tonnes(data.sinks.index.names)
        self.made_t = no_tonnes(["site", "commodity", "period"])
        self.interrupted = False

    def in_order(self) -> list[Block]:
        """Return the blocks as planned: sellers before buyers, those of little land first."""
        market = self.market
        first = thrifty_first(market.blocks, market.rents, self.data.sites)
        return [block for wave in waves(first) for block in wave]

    def told(self, block: Block) -> Progress:
        """Return how to tell about the work on `block`."""
        return lambda step: self.progress(f"{block.name}: {step}")

    def learn(self) -> None:
        """Price all blocks by relaxations, and prove what whole lines cost at least."""
        dearest = sorted(self.market.blocks, key=lambda block: -block.today)
        if self.is_large:
            self.progress(f"prices of {len(dearest)} blocks side by side")
        tasks = [
            partial(self.market.learnt, b, quiet if self.is_large else self.told(b))
            for b in dearest
        ]
        found = side_by_side(tasks, self.workers)
        for block, facts in zip(dearest, found, strict=True):
            self.told(block)(f"whole lines prove {facts.bound:,.0f}")
            self.facts[block] = facts

    def plan(self, block: Block, known: Sequence[Known]) -> None:
        """Search the lines of `block` on what earlier blocks left, and note what they do."""
        market, facts, told = self.market, self.facts[block], self.told(block)
        own = facts.data.with_tables(sites=block.data.sites, sinks=self.unsold(facts.data.sinks))
        own = without_used(self.data, own, self.running)
        found, proof, values = facts.collection, facts.proof, facts.worth_at
        if facts.lots is not None:
            yearly = market.outlets * UNIT[OBJECTIVE] / self.data.periods["discount_yr"]
            bought = self.made_t.index.isin(block.buys, level="commodity")
            own = supplied(own, facts.lots, self.made_t[bought], yearly)
            found = collection(own)
            prices = market.prices(own, found, told)
            proof, values = prices.proof, site_values(prices.duals)
        setting = Setting(values, told, OBJECTIVE, market.rents.charged)
        search = Search(own, self.effort(block), found, proof, setting, self.workers)
        first = replace(facts.likely, sites=roomy_first(own, facts.likely.sites))
        lines = best_lines(search, first, known)
        told(f"plan {lines.answer.objective:,.0f}")
        self.note(block, lines)
        self.interrupted |= lines.interrupted

    def effort(self, block: Block) -> Effort:
        """Return the effort for the lines of `block`: more where more money or land is at stake."""
        money = {other: abs(facts.bound) for other, facts in self.facts.items()}
        rents = self.market.rents
        land = {other: float(rents.taken_m2(other.technologies).sum()) for other in self.facts}
        shares = [stake[block] / (sum(stake.values()) or 1.0) for stake in (money, land)]
        return self.market.effort_for([1.0 / len(self.facts), *shares])

    def unsold(self, sinks: pd.DataFrame) -> pd.DataFrame:
        """Return `sinks` with what earlier blocks leave of their demand."""
        sold_t = self.sold_t.reindex(sinks.index, fill_value=0.0)
        return sinks.assign(demand_t=(sinks["demand_t"] - sold_t).clip(lower=0.0))

    def note(self, block: Block, lines: Lines) -> None:
        """Keep what `lines` run, use, sell and make."""
        built, x = lines.built, lines.answer.x
        for index, value in built.running(x).items():  # a site is open if one block opens it
            self.running[index] = max(value, self.running.get(index, 0.0))
        flows = flows_of(lines, [*self.data.arcs.index.names, "period"])
        self.used.append(true_arcs(flows.index.droplevel("period").unique()))
        into = flows.groupby(level=["destination", "commodity", "period"]).sum()
        into = into.rename_axis(self.data.sinks.index.names)
        self.sold_t = self.sold_t.add(into, fill_value=0.0)
        self.made_t = self.made_t.add(made_by(lines, block.sells), fill_value=0.0)

    def found(self, known: Sequence[Known]) -> Found:
        """Return the plan of all blocks, with flows chosen together, and what they prove."""
        self.progress("flows of every source, all blocks together")
        core = self.data.with_arcs(self.useful() | used_before(self.data, known))
        built = built_model(core, OBJECTIVE)
        earlier = known_lines(built, known, self.market.effort.gap, 1.0)
        lines = first_lines(core, built, [self.running], earlier)
        if lines is None:
            raise NoPlanError(
                "the plans of single blocks do not fit together. Set the strategy to certified."
            )
        facts = self.facts.values()
        bound = sum(of_block.bound for of_block in facts) - self.market.rents.due(self.data.sites)
        fees = pd.concat([of_block.fees for of_block in facts])
        fees = fees.reindex(self.data.targets.index, fill_value=0.0)
        return lines.stopped(self.interrupted).proven(bound, fees, self.multipliers())

    def useful(self) -> npt.NDArray[np.bool_]:
        """Return which arcs blocks use, and those on which what they sell leaves where lines run.

        It need not all be bought: it goes to a sink that no block's plan has.
        """
        used = self.used[0].append(self.used[1:]).unique()
        idle = set(self.data.hubs.index.unique("site")) - used_sites(self.running)
        sold = self.market.makers.unique("commodity")
        sent_on = self.data.arcs.index.get_level_values("commodity").isin(sold)
        sent_on &= past(self.data, idle) & ~collecting(self.data)
        return np.asarray(self.data.arcs.index.isin(used) | sent_on, dtype=bool)

    def multipliers(self) -> pd.DataFrame:
        """Return those of all blocks; of several for one law the least holds for all.

        Land costs the rent, and what it is worth beside that to the block that needs it most.
        """
        worth, unit = self.market.worth.stack(), UNIT[OBJECTIVE]
        traded = named(MADE_IS_PLACED, -worth * unit)
        tables = [facts.multipliers for facts in self.facts.values()]
        table = pd.concat([*tables, traded]).groupby(level=["law", "index"]).min()
        return table.add(named(LAND, -self.market.rents.of_land * unit), fill_value=0.0)


def named(law: str, values: pd.Series) -> pd.DataFrame:
    """Return `values` as multipliers of `law`."""
    index = [(law, row_name(index)) for index in values.index]
    names = pd.MultiIndex.from_tuples(index, names=["law", "index"])
    return pd.DataFrame({"dual_jpy": values.to_numpy(float)}, index=names)
