"""What is known of a block before its lines are searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from siting.solve.joint.trade import Lots
    from siting.solve.likely import Likely
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.value import Proof


@dataclass(frozen=True)
class Facts:
    """What is known of a block before its lines are searched.

    Attributes
    ----------
    data : the block with what it may sell; collection : what leaves its sources.
    proof : of its relaxation; worth_at : what a tonne is worth at each site by it.
    bound : what whole lines prove, at the prices in `multipliers` [objective].
    fees : (commodity, period) what makes the market reach each target [JPY/t].
    likely : what good plans of it have.
    lots : what it may buy, None where it buys nothing.
    """

    data: Instance
    collection: Collection
    proof: Proof
    worth_at: pd.Series
    bound: float
    multipliers: pd.DataFrame
    fees: pd.Series
    likely: Likely
    lots: Lots | None = None
