"""What is known of a block before its lines are searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from siting.solve.lagrange.problem import Problem
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.small import Small
    from siting.solve.relaxation import Prices


@dataclass(frozen=True)
class Facts:
    """What is known of a block before its lines are searched.

    Attributes
    ----------
    data : the block with what it may sell; collection : what leaves its sources.
    small : the model of the relaxation where sites cost the block its share of their opening.
    land_m2 : by site, the most that the relaxation takes.
    ranked : its sites, the likeliest first, and how many of them are busy.
    """

    data: Instance
    collection: Collection
    prices: Prices
    small: Small
    problem: Problem
    land_m2: pd.Series
    ranked: tuple[list[str], int]
