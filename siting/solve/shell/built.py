"""The appended arrays where a compiled model is asked for: to cost lines on all sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.line import Built, standing_hubs
from siting.solve.shell.model import Shell, shell_model

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from models.instance import Instance
    from siting.solve.matrix import Array, Whole


@dataclass(frozen=True, kw_only=True)
class Appended(Built):
    """A model whose flows and what is left stand for no Pyomo variable.

    Attributes
    ----------
    shell : where their columns are; its form may have other costs, and more arcs.
    """

    shell: Shell

    @property
    def supply_t(self) -> Array:
        """Return what arises, (supplies, periods) [t/yr]."""
        own: Array = self.form.row_lower[self.shell.first_supply :]
        return own.reshape(-1, len(self.m.PERIODS))

    def places(self, arcs: Whole) -> Whole:
        """Return the columns of the flows on the arcs of these numbers, period by period."""
        return self.in_order(self.shell.first_flow, arcs).ravel()

    def places_with(self, has: npt.NDArray[np.bool_]) -> Whole:
        """Return the columns of the model with the arcs that `has` says alone."""
        own = np.arange(self.shell.first_flow)
        every: Whole = np.r_[own, self.places(np.flatnonzero(has))]
        return every

    def with_arcs(self, has: npt.NDArray[np.bool_]) -> Appended:
        """Return the model with the arcs that `has` says alone."""
        return replace(self, form=self.form.of_columns(self.places_with(has)))

    def flow_places(self, data: Instance) -> Whole:
        """Return the columns of the flows on the arcs of `data`, its instance: (arcs, periods)."""
        return self.in_order(self.shell.first_flow, np.arange(len(data.arcs)))

    def left_places(self, pairs: pd.MultiIndex) -> Whole:
        """Return the columns of what is left of the supplies `pairs`: (pairs, periods)."""
        return self.in_order(self.shell.first_left, self.shell.pairs.get_indexer(pairs))

    def supply_rows(self, pairs: pd.MultiIndex) -> Whole:
        """Return the rows of the balances of the supplies `pairs`: (pairs, periods)."""
        return self.in_order(self.shell.first_supply, self.shell.pairs.get_indexer(pairs))

    def in_order(self, first: int, items: Whole) -> Whole:
        """Return where `items` stand, (items, periods), where those from `first` on do in order."""
        periods = len(self.m.PERIODS)
        places: Whole = first + items[:, None] * periods + np.arange(periods)
        return places


def appended_model(data: Instance, objective: str = "cost") -> Appended:
    """Return the model of `data`, what it has of sources and arcs appended to what Pyomo wrote."""
    shell = shell_model(data, objective)
    return Appended(shell.m, shell.form, standing_hubs(data), shell=shell)
