"""The appended arrays where a compiled model is asked for: to cost lines on all sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.line import Built, standing_hubs
from siting.solve.shell.model import Shell, shell_model

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from siting.solve.matrix import Array


@dataclass(frozen=True, kw_only=True)
class Appended(Built):
    """A model whose flows and what is left stand for no Pyomo variable.

    Attributes
    ----------
    shell : where their columns are; its form may have other costs.
    """

    shell: Shell

    def flow_t(self, data: Instance, x: Array) -> Array:
        """Return what each arc of `data`, its instance, carries: (arcs, periods) [t/yr]."""
        return self.shell.flow_t(x, len(data.arcs))

    def of_supply(self, pairs: pd.MultiIndex, rows: Array) -> Array:
        """Return what `rows` has for the balances of the supplies `pairs`: (pairs, periods)."""
        own: Array = rows[self.shell.first_supply :].reshape(-1, len(self.m.PERIODS))
        return np.asarray(own[self.shell.pairs.get_indexer(pairs)])


def appended_model(data: Instance, objective: str = "cost") -> Appended:
    """Return the model of `data`, what it has of sources and arcs appended to what Pyomo wrote."""
    shell = shell_model(data, objective)
    return Appended(shell.m, shell.form, standing_hubs(data), shell=shell)
