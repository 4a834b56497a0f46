"""What all blocks have in common, and what of one does not depend on what the others do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.solve.arc import undominated
from siting.solve.certified import ASCENT_SHARE, MOST_ASCENTS
from siting.solve.finding import multipliers, target_fees
from siting.solve.joint.facts import Facts
from siting.solve.joint.purchase import buying
from siting.solve.joint.tally import true_multipliers
from siting.solve.joint.trade import lots_of, selling
from siting.solve.lagrange.ascent import evaluate, raised
from siting.solve.lagrange.certificate import certificate
from siting.solve.lagrange.problem import problem_of
from siting.solve.likely import likely
from siting.solve.reduced.collect import collection
from siting.solve.relaxation import Relaxing, best_prices, prices_at
from siting.solve.start import better_start
from siting.solve.worth import site_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.joint.block import Block
    from siting.solve.joint.land import Rents
    from siting.solve.joint.trade import Lots
    from siting.solve.lagrange.problem import Problem
    from siting.solve.matrix import Array
    from siting.solve.reduced.collect import Collection
    from siting.solve.relaxation import Prices
    from siting.solve.start import Start

MERGED = 300
"""Sources that the relaxation of a block has: their prices are raised one by one afterwards."""

LEAST_SHARE = 2.0
"""Least time for prices of a block, in times of an equal share [-]."""

OBJECTIVE = "cost"
"""What blocks pay each other is money: where anything else decides, they are searched together."""


@dataclass(frozen=True)
class Market:
    """What all blocks of a part have in common.

    Attributes
    ----------
    data : the part; rents : of its land.
    makers : (site, commodity) of what one block makes and another takes.
    worth : of them by period, what a tonne is worth; outlets : what it fetches at a sink, or costs
        to be rid of.
    masses : the most there can be of each commodity in each period [t/yr].
    """

    data: Instance
    blocks: Sequence[Block]
    effort: Effort
    start: Start | None
    rents: Rents
    makers: pd.MultiIndex
    worth: pd.DataFrame
    outlets: pd.DataFrame
    masses: Mapping[tuple[str, int], float]

    def effort_for(self, shares: Sequence[float]) -> Effort:
        """Return the effort for the lines of a block that has `shares` of what counts."""
        limit_s = self.effort.time_limit_s * sum(shares) / len(shares)
        arcs = max(self.effort.arcs_per_source // 2, 1)
        return replace(self.effort, time_limit_s=limit_s, arcs_per_source=arcs)

    def ascent_s(self, block: Block) -> float:
        """Return the time for prices of `block`: by its money, what counts in the sum of bounds."""
        total = sum(other.today for other in self.blocks)
        share = max(block.today / total if total else 0.0, LEAST_SHARE / len(self.blocks))
        return self.effort.time_limit_s * ASCENT_SHARE * share

    def learnt(self, block: Block, progress: Progress) -> Facts:
        """Return `block` priced by its relaxation, and what whole lines cost at least.

        A relaxation of a block that buys knows of no purchase. That of all blocks may prove more.
        """
        own = selling(block, self.worth, OBJECTIVE)
        share = self.rents.opening_share(block.technologies).reindex(own.sites.index)
        opening_jpy = own.sites["opening_jpy"] * share
        own = undominated(own.with_tables(sites=own.sites.assign(opening_jpy=opening_jpy)))
        found = collection(own)
        prices = self.prices(own, found, progress)
        lots = lots_of(self.data, block.buys, self.makers) if block.buys else None
        problem = self.problem(prices, lots)
        if lots:
            other = prices_at(prices.small, self.rents.others)
            both = [(prices, problem), (other, self.problem(other, lots))]
            prices, problem = max(both, key=lambda one: first_bound(*one))
        limit_s = self.ascent_s(block)
        price, problem = better_start(problem, prices.proof.price, self.start, own, OBJECTIVE)
        lifted = raised(problem, price, MOST_ASCENTS, limit_s)
        table = multipliers(certificate(prices.small, problem, lifted), OBJECTIVE)
        return Facts(
            data=own,
            collection=found,
            proof=prices.proof,
            worth_at=site_values(prices.duals),
            bound=lifted.bound,
            multipliers=true_multipliers(table, block),
            fees=target_fees(prices.duals, own, OBJECTIVE),
            likely=likely(own, problem, lifted),
            lots=lots,
        )

    def problem(self, prices: Prices, lots: Lots | None) -> Problem:
        """Return the problem of a block at `prices`, which may buy `lots`."""
        problem = problem_of(prices.small, prices.duals.of_rows)
        if lots is None:
            return problem
        cost = lots.priced(self.data, OBJECTIVE) + price_of(lots, self.worth)
        return buying(problem, prices.small, lots, cost, self.masses)

    def prices(self, own: Instance, found: Collection, progress: Progress) -> Prices:
        """Return the prices that prove most for `own`, data of a block, where land costs rent."""
        way = Relaxing(MERGED, MERGED, self.rents.charged)
        return best_prices(own, found, self.effort, progress, OBJECTIVE, way)


def first_bound(prices: Prices, problem: Problem) -> float:
    """Return what `prices` prove in whole lines before they are raised."""
    return evaluate(problem, prices.proof.price, problem.link_start).bound


def price_of(lots: Lots, worth: pd.DataFrame) -> Array:
    """Return the price of a tonne of each lot where it is made (lots, periods)."""
    starts = pd.MultiIndex.from_frame(lots.rows[["origin", "commodity"]])
    return np.asarray(worth.reindex(starts), dtype=float)
