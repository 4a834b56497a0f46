"""A plan with a proof for a part of several blocks, one block after the other.

1. **Bound**: each block proves its own, in whole lines, at prices of what it buys and sells, and
   with its share of the opening cost of sites: what the relaxation of one block does not need to
   pay is left to the next. The sum holds for the whole, whatever the prices and shares.
2. **Plan**: each block searches its lines on what those before it left of plots and demand, where
   the sites that they opened are open; blocks that buy come last and know what is made for them.
3. **Flows**: all lines together, on the arcs that the blocks use: one linear program.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.errors import NoPlanError
from siting.solve.arc import undominated
from siting.solve.certified import (
    ASCENT_SHARE,
    MOST_ASCENTS,
    Search,
    best_lines,
    certified,
    cheapest_lines,
    used_before,
)
from siting.solve.finding import Found, multipliers, target_fees
from siting.solve.group import site_values, without_used
from siting.solve.joint.block import blocks_of
from siting.solve.joint.facts import Facts
from siting.solve.joint.land import land_needed, roomy_first, with_land_kept
from siting.solve.joint.opening import opening_paid, paying
from siting.solve.joint.purchase import buying
from siting.solve.joint.tally import flows_of, made_by, no_tonnes, true_multipliers
from siting.solve.joint.trade import (
    Lots,
    lots_of,
    outlet_values,
    prices_of_lots,
    selling,
    supplied,
    true_arcs,
)
from siting.solve.lagrange.ascent import raised
from siting.solve.lagrange.certificate import certificate
from siting.solve.lagrange.mass import most_masses
from siting.solve.lagrange.place import makers
from siting.solve.lagrange.problem import problem_of
from siting.solve.likely import ranked_sites
from siting.solve.line import built_model, known_lines
from siting.solve.matrix import UNIT
from siting.solve.reduced.collect import collection
from siting.solve.relaxation import best_prices
from siting.solve.start import better_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.certified import Lines
    from siting.solve.effort import Effort, Progress
    from siting.solve.joint.block import Block
    from siting.solve.line import Known, Running
    from siting.solve.matrix import Array
    from siting.solve.start import Start

MADE_IS_PLACED = "made_is_placed"

MERGED = (300, 300)
"""Sources that the relaxation of a block has: their prices are raised one by one afterwards."""

LEAST_SHARE = 0.05
"""Share of the time that every block has [-]."""

OBJECTIVE = "cost"
"""What blocks pay each other is money: where anything else decides, they are searched together."""


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
    for block in [*work.buyers, *(block for block in blocks if not block.buys)]:
        work.price(block)
    for block in blocks:
        work.prove(block)
    for block in blocks:
        work.plan(block, known)
        if work.interrupted:
            break
    return work.found(known)


class Joint:
    """The work on one part, block after block.

    Attributes
    ----------
    bound : of the blocks priced so far [objective].
    unpaid : share of the opening cost of each site that no block pays yet.
    worth : (site, commodity) by period: price of what one block makes and another takes.
    waiting : blocks not yet planned; lots : what each block that buys may buy.
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
        """Take the part and its blocks; nothing is solved yet."""
        self.data, self.blocks = data, blocks
        self.effort, self.progress, self.start = effort, progress, start
        self.buyers = [block for block in blocks if block.buys]
        self.waiting = list(blocks)
        self.facts: dict[Block, Facts] = {}
        self.lots: dict[Block, Lots] = {}
        self.bound = 0.0
        self.unpaid = pd.Series(1.0, index=data.sites.index)
        self.masses = most_masses(data)
        self.makers = pd.MultiIndex.from_tuples(makers(data), names=["site", "commodity"])
        traded = frozenset().union(*(block.buys for block in blocks))
        self.makers = self.makers[self.makers.get_level_values("commodity").isin(traded)]
        self.worth = outlet_values(data, self.makers, OBJECTIVE)
        self.outlets = self.worth
        self.tables: list[pd.DataFrame] = []
        self.fees: list[pd.Series] = []
        self.running: Running = {}
        self.used: list[pd.MultiIndex] = []
        self.sold_t = no_tonnes(data.sinks.index.names)
        self.made_t = no_tonnes(["site", "commodity", "period"])
        self.interrupted = False

    def told(self, block: Block) -> Progress:
        """Return how to tell about the work on `block`."""
        return lambda step: self.progress(f"{block.name}: {step}")

    def price(self, block: Block) -> None:
        """Find prices for `block` by its relaxation."""
        own = selling(block, self.worth, OBJECTIVE)
        opening_jpy = own.sites["opening_jpy"] * self.unpaid.reindex(own.sites.index)
        own = undominated(own.with_tables(sites=own.sites.assign(opening_jpy=opening_jpy)))
        found = collection(own)
        prices = best_prices(own, found, self.effort, self.told(block), OBJECTIVE, MERGED)
        paid = opening_paid(prices)
        self.unpaid = self.unpaid * (1 - paid.reindex(self.unpaid.index, fill_value=0.0))
        small = paying(prices, paid)
        problem = problem_of(small, prices.duals.of_rows)
        if block.buys:
            self.lots[block] = lots = lots_of(self.data, block.buys, self.makers)
            worth = prices_of_lots(self.data, lots, site_values(own, prices), OBJECTIVE)
            self.worth = self.worth.combine(worth.reindex(self.worth.index), np.fmax)
            cost = lots.priced(self.data, OBJECTIVE) + self.price_of(lots)
            problem = buying(problem, small, lots, cost, self.masses)
        land_m2 = land_needed(own, prices)
        self.facts[block] = Facts(own, found, prices, small, problem, land_m2, ([], 0))
        self.fees.append(target_fees(prices.duals, own, OBJECTIVE))

    def share(self, block: Block) -> float:
        """Return the share of the time that `block` may have: that of its money, or the least."""
        money = {b: abs(facts.prices.relaxed) for b, facts in self.facts.items()}
        parts = {b: max(LEAST_SHARE, amount / sum(money.values())) for b, amount in money.items()}
        return parts[block] / sum(parts.values())

    def prove(self, block: Block) -> None:
        """Raise the prices of `block`, and add what they prove to the bound."""
        facts = self.facts[block]
        limit_s = self.effort.time_limit_s * ASCENT_SHARE * self.share(block)
        first = facts.prices.proof.price
        price, problem = better_start(facts.problem, first, self.start, facts.data, OBJECTIVE)
        lifted = raised(problem, price, MOST_ASCENTS, limit_s)
        self.told(block)(f"whole lines prove {lifted.bound:,.0f}")
        self.bound += lifted.bound
        table = multipliers(certificate(facts.small, problem, lifted), OBJECTIVE)
        self.tables.append(true_multipliers(table, block))
        self.facts[block] = replace(facts, ranked=ranked_sites(problem, lifted))

    def price_of(self, lots: Lots) -> Array:
        """Return the price of a tonne of each lot where it is made (lots, periods)."""
        starts = pd.MultiIndex.from_frame(lots.rows[["origin", "commodity"]])
        return np.asarray(self.worth.reindex(starts), dtype=float)

    def plan(self, block: Block, known: Sequence[Known]) -> None:
        """Search the lines of `block` on what earlier blocks left, and note what they do."""
        facts = self.facts[block]
        self.waiting.remove(block)
        own = facts.data.with_tables(sites=block.data.sites, sinks=self.unsold(facts.data.sinks))
        own = without_used(self.data, own, self.running)
        own = with_land_kept(own, facts.land_m2, [self.facts[b].land_m2 for b in self.waiting])
        arcs = max(self.effort.arcs_per_source // 2, 1)
        limit_s = self.effort.time_limit_s * self.share(block)
        effort = replace(self.effort, time_limit_s=limit_s, arcs_per_source=arcs)
        found, prices = facts.collection, facts.prices
        if block.buys:
            yearly = self.outlets * UNIT[OBJECTIVE] / self.data.periods["discount_yr"]
            bought = self.made_t.index.isin(block.buys, level="commodity")
            own = supplied(own, self.lots[block], self.made_t[bought], yearly)
            found = collection(own)
            prices = best_prices(own, found, effort, self.told(block), OBJECTIVE, MERGED)
        search = Search(own, prices, effort, self.told(block), OBJECTIVE)
        ranked, busy = facts.ranked
        lines = best_lines(search, found, (roomy_first(own, ranked), busy), known)
        self.told(block)(f"plan {lines.answer.objective:,.0f}")
        self.note(block, lines)
        self.interrupted |= lines.interrupted

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
        used = self.used[0].append(self.used[1:]).unique()
        core = self.data.with_arcs(self.data.arcs.index.isin(used) | used_before(self.data, known))
        built = built_model(core, OBJECTIVE)
        earlier = known_lines(built, known, self.effort.gap, 1.0)
        lines = cheapest_lines(core, built, [self.running], earlier, self.interrupted)
        if lines is None:
            raise NoPlanError(
                "the plans of single blocks do not fit together. Set the strategy to certified."
            )
        fees = pd.concat(self.fees).reindex(self.data.targets.index, fill_value=0.0)
        return lines.proven(self.bound, fees, self.multipliers())

    def multipliers(self) -> pd.DataFrame:
        """Return those of all blocks; of several for one law the least holds for all."""
        rows = {
            (MADE_IS_PLACED, f"{h}|{k}|{t}"): -float(self.worth.loc[(h, k), t]) * UNIT[OBJECTIVE]
            for h, k in self.worth.index
            for t in self.data.periods.index
        }
        names = pd.MultiIndex.from_tuples(list(rows), names=["law", "index"])
        traded = pd.DataFrame({"dual_jpy": list(rows.values())}, index=names, dtype=float)
        table = pd.concat([*self.tables, traded])
        return table.groupby(level=["law", "index"]).min()
