"""The model of ``models/README.md``, for every arc: its variables, laws and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.verify.laws.arc import add_flows
from siting.verify.laws.conversion import add_collection, add_conversion
from siting.verify.laws.facility import add_lines, add_presences, add_sites
from siting.verify.model import Model
from siting.verify.quantity import AMOUNTS

if TYPE_CHECKING:
    from siting.verify.table import Tables


def whole_model(data: Tables) -> Model:
    """Return the model of an instance."""
    model = Model(data.periods)
    for amount in AMOUNTS:
        model.add_law(amount, pd.Index([""]))
    budget = data.by_period("budgets", "max_opening_jpy")
    model.add_law("opening_within_budget", pd.Index([""]), budget)
    for add in (add_lines, add_sites, add_presences, add_collection, add_conversion, add_flows):
        add(model, data)
    return model
