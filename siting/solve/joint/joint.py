"""A plan with a proof for a part of several blocks, one block after the other.

1. **Rent**: one relaxation of all blocks on few clusters says what land is worth where they compete
   for it (``land.py``).
2. **Bound**: each block proves its own, in whole lines, at that rent, at prices of what it buys and
   sells, and with a share of the opening cost of sites. The sum less the rent of all plots holds
   for the whole, whatever rent, prices and shares are.
3. **Plan**: each block searches its lines on what those before it left of plots and demand, where
   the sites that they opened are open; blocks that buy come last and know what is made for them.
   Rent makes it spare land that others need more.
4. **Flows**: all lines together, on the arcs that the blocks use: one linear program.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.errors import NoPlanError
from siting.solve.arc import collecting, past, undominated
from siting.solve.certified import (
    ASCENT_SHARE,
    MOST_ASCENTS,
    Search,
    best_lines,
    certified,
    cheapest_lines,
)
from siting.solve.core import used_before
from siting.solve.finding import Found, multipliers, row_name, target_fees
from siting.solve.group import Setting, without_used
from siting.solve.joint.block import blocks_of
from siting.solve.joint.facts import Facts
from siting.solve.joint.land import rents_of, roomy_first
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
from siting.solve.likely import likely
from siting.solve.line import built_model, known_lines
from siting.solve.matrix import UNIT
from siting.solve.reduced.collect import collection
from siting.solve.relaxation import Relaxing, best_prices
from siting.solve.start import better_start
from siting.solve.swap import used_sites
from siting.solve.worth import site_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.certified import Lines
    from siting.solve.effort import Effort, Progress
    from siting.solve.joint.block import Block
    from siting.solve.line import Known, Running
    from siting.solve.matrix import Array
    from siting.solve.reduced.collect import Collection
    from siting.solve.relaxation import Prices
    from siting.solve.start import Start

MADE_IS_PLACED, LAND = "made_is_placed", "land_within_plot"

MERGED = 300
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
    for block in reversed(blocks):  # what buyers pay is known before those who sell to them
        work.learn(block)
    for block in blocks:
        work.plan(block, known)
        if work.interrupted:
            break
    return work.found(known)


class Joint:
    """The work on one part, block after block.

    Attributes
    ----------
    rents : of land; facts : what is known of the blocks priced so far.
    worth : (site, commodity) by period: price of what one block makes and another takes.
    lots : what each block that buys may buy.
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
        self.data, self.blocks = data, blocks
        self.effort, self.progress, self.start = effort, progress, start
        self.facts: dict[Block, Facts] = {}
        self.lots: dict[Block, Lots] = {}
        self.masses = most_masses(data)
        self.makers = pd.MultiIndex.from_tuples(makers(data), names=["site", "commodity"])
        traded = frozenset().union(*(block.buys for block in blocks))
        self.makers = self.makers[self.makers.get_level_values("commodity").isin(traded)]
        self.worth = outlet_values(data, self.makers, OBJECTIVE)
        self.outlets = self.worth
        self.rents = rents_of(data, progress, OBJECTIVE)
        self.running: Running = {}
        self.used: list[pd.MultiIndex] = []
        self.sold_t = no_tonnes(data.sinks.index.names)
        self.made_t = no_tonnes(["site", "commodity", "period"])
        self.interrupted = False

    def told(self, block: Block) -> Progress:
        """Return how to tell about the work on `block`."""
        return lambda step: self.progress(f"{block.name}: {step}")

    def learn(self, block: Block) -> None:
        """Price `block` by its relaxation, and prove what whole lines cost at least."""
        own = selling(block, self.worth, OBJECTIVE)
        share = self.rents.opening_share(block.technologies).reindex(own.sites.index)
        opening_jpy = own.sites["opening_jpy"] * share
        own = undominated(own.with_tables(sites=own.sites.assign(opening_jpy=opening_jpy)))
        found = collection(own)
        prices = self.prices(block, own, found)
        values = site_values(prices.duals)
        problem = problem_of(prices.small, prices.duals.of_rows)
        if block.buys:
            self.lots[block] = lots = lots_of(self.data, block.buys, self.makers)
            worth = prices_of_lots(self.data, lots, values, OBJECTIVE)
            self.worth = self.worth.combine(worth.reindex(self.worth.index), np.fmax)
            cost = lots.priced(self.data, OBJECTIVE) + self.price_of(lots)
            problem = buying(problem, prices.small, lots, cost, self.masses)
        limit_s = self.effort.time_limit_s * ASCENT_SHARE * self.share(block)
        price, problem = better_start(problem, prices.proof.price, self.start, own, OBJECTIVE)
        lifted = raised(problem, price, MOST_ASCENTS, limit_s)
        self.told(block)(f"whole lines prove {lifted.bound:,.0f}")
        table = multipliers(certificate(prices.small, problem, lifted), OBJECTIVE)
        self.facts[block] = Facts(
            data=own,
            collection=found,
            proof=prices.proof,
            worth_at=values,
            bound=lifted.bound,
            multipliers=true_multipliers(table, block),
            fees=target_fees(prices.duals, own, OBJECTIVE),
            likely=likely(own, problem, lifted),
        )

    def prices(self, block: Block, own: Instance, found: Collection) -> Prices:
        """Return the prices that prove most for `own`, data of `block`, where land costs rent."""
        way = Relaxing(MERGED, MERGED, self.rents.charged)
        return best_prices(own, found, self.effort, self.told(block), OBJECTIVE, way)

    def share(self, block: Block) -> float:
        """Return the share of the time that `block` may have: that of its money, or the least."""
        total = sum(other.today for other in self.blocks)
        parts = {b: max(LEAST_SHARE, b.today / total if total else 1.0) for b in self.blocks}
        return parts[block] / sum(parts.values())

    def price_of(self, lots: Lots) -> Array:
        """Return the price of a tonne of each lot where it is made (lots, periods)."""
        starts = pd.MultiIndex.from_frame(lots.rows[["origin", "commodity"]])
        return np.asarray(self.worth.reindex(starts), dtype=float)

    def plan(self, block: Block, known: Sequence[Known]) -> None:
        """Search the lines of `block` on what earlier blocks left, and note what they do."""
        facts = self.facts[block]
        own = facts.data.with_tables(sites=block.data.sites, sinks=self.unsold(facts.data.sinks))
        own = without_used(self.data, own, self.running)
        arcs = max(self.effort.arcs_per_source // 2, 1)
        limit_s = self.effort.time_limit_s * self.share(block)
        effort = replace(self.effort, time_limit_s=limit_s, arcs_per_source=arcs)
        found, proof, values = facts.collection, facts.proof, facts.worth_at
        if block.buys:
            yearly = self.outlets * UNIT[OBJECTIVE] / self.data.periods["discount_yr"]
            bought = self.made_t.index.isin(block.buys, level="commodity")
            own = supplied(own, self.lots[block], self.made_t[bought], yearly)
            found = collection(own)
            prices = self.prices(block, own, found)
            proof, values = prices.proof, site_values(prices.duals)
        told, rents = self.told(block), self.rents
        setting = Setting(values, told, OBJECTIVE, rents.charged, rents.charged_whole)
        search = Search(own, effort, proof, setting)
        first = replace(facts.likely, sites=roomy_first(own, facts.likely.sites))
        lines = best_lines(search, found, first, known)
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
        core = self.data.with_arcs(self.useful() | used_before(self.data, known))
        built = built_model(core, OBJECTIVE)
        earlier = known_lines(built, known, self.effort.gap, 1.0)
        lines = cheapest_lines(core, built, [self.running], earlier, self.interrupted)
        if lines is None:
            raise NoPlanError(
                "the plans of single blocks do not fit together. Set the strategy to certified."
            )
        facts = self.facts.values()
        bound = sum(of_block.bound for of_block in facts) - self.rents.due(self.data.sites)
        fees = pd.concat([of_block.fees for of_block in facts])
        fees = fees.reindex(self.data.targets.index, fill_value=0.0)
        return lines.proven(bound, fees, self.multipliers())

    def useful(self) -> npt.NDArray[np.bool_]:
        """Return which arcs blocks use, and those from where lines run to where what is made goes.

        What a block sells need not all be bought: it goes to a sink that no block's plan has.
        """
        used = self.used[0].append(self.used[1:]).unique()
        idle = set(self.data.hubs.index.unique("site")) - used_sites(self.running)
        sent_on = past(self.data, idle) & ~collecting(self.data)
        return np.asarray(self.data.arcs.index.isin(used) | sent_on, dtype=bool)

    def multipliers(self) -> pd.DataFrame:
        """Return those of all blocks; of several for one law the least holds for all.

        Land costs the rent, and what it is worth beside that to the block that needs it most.
        """
        worth, unit = self.worth.stack(), UNIT[OBJECTIVE]
        traded = named(MADE_IS_PLACED, -worth * unit)
        tables = [facts.multipliers for facts in self.facts.values()]
        table = pd.concat([*tables, traded]).groupby(level=["law", "index"]).min()
        return table.add(named(LAND, -self.rents.of_land * unit), fill_value=0.0)


def named(law: str, values: pd.Series) -> pd.DataFrame:
    """Return `values` as multipliers of `law`."""
    index = [(law, row_name(index)) for index in values.index]
    names = pd.MultiIndex.from_tuples(index, names=["law", "index"])
    return pd.DataFrame({"dual_jpy": values.to_numpy(float)}, index=names)
