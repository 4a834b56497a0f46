"""What a plan costs, emits, avoids and employs, and what of it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from siting.verify.model import Model, Values
    from siting.verify.table import Array, Tables

COSTS = (
    *("opening", "running", "site_opening", "labour", "baseline", "acquisition", "shortfall"),
    *("handling", "disposal", "energy", "transport", "services", "market", "contract"),
)
"""Parts of the yearly cost but that of emissions, which follows from these:"""

GASES = ("baseline", "conversion", "disposal", "transport", "market")

AMOUNTS = (
    *(f"cost_jpy:{part}" for part in COSTS),
    *(f"kgco2e:{part}" for part in GASES),
    "virgin_material_avoided_t",
    "jobs",
)

QUANTITIES = ("cost_jpy", "kgco2e", "virgin_material_avoided_t", "jobs")

MORE_IS_BETTER = ("virgin_material_avoided_t", "jobs")


def yearly(model: Model, data: Tables, activity: Values) -> Values:
    """Return every amount by the year, its parts and the four quantities, shape (periods,)."""
    found = {name: activity[name][0] + model.constants.get(name, 0.0) for name in AMOUNTS}
    found["kgco2e"] = np.sum([found[f"kgco2e:{part}"] for part in GASES], axis=0)
    carbon = data.by_period("periods", "carbon_price_jpy_per_t")[0] / 1000
    found["cost_jpy:emissions"] = carbon * found["kgco2e"]
    parts = [found[f"cost_jpy:{part}"] for part in (*COSTS, "emissions")]
    found["cost_jpy"] = np.sum(parts, axis=0)
    return found


def total_years(data: Tables, quantity: str) -> Array:
    """Return what a year of each period counts in the total of a quantity, shape (periods,)."""
    is_cost = quantity.partition(":")[0] == "cost_jpy"
    years: Array = data.by_period("periods", "discount_yr" if is_cost else "years")[0]
    return years


def objective_weights(data: Tables, objective: str) -> Values:
    """Return what one of each quantity counts in the total to be minimised, shape (periods,)."""
    quantity = "cost_jpy" if objective == "cost" else objective
    sign = -1.0 if objective in MORE_IS_BETTER else 1.0
    weights = {name: np.zeros(len(data.periods)) for name in QUANTITIES}
    weights[quantity] = sign * total_years(data, quantity)
    return weights


def amount_prices(data: Tables, weights: Values) -> Values:
    """Return what one of each amount counts where quantities have `weights`, shape (1, periods).

    Emissions count by themselves and through their price.
    """
    carbon = data.by_period("periods", "carbon_price_jpy_per_t")[0] / 1000
    gas = weights["kgco2e"] + carbon * weights["cost_jpy"]
    found = {f"cost_jpy:{part}": weights["cost_jpy"] for part in COSTS}
    found |= {f"kgco2e:{part}": gas for part in GASES}
    found |= {name: weights[name] for name in ("virgin_material_avoided_t", "jobs")}
    return {name: price[None, :] for name, price in found.items()}
