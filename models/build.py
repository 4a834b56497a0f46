"""The model's table of contents."""

import pyomo.environ as pyo

from models import (
    berths,
    collection,
    conversion,
    emissions,
    energy,
    facility,
    flow,
    labour,
    market,
    objective,
    presence,
    quantity,
    services,
    sets,
    site,
    transport,
)
from models.instance import Instance
from models.objective import add_objective

BLOCKS = (
    sets,
    facility,
    site,
    presence,
    labour,
    collection,
    conversion,
    energy,
    flow,
    transport,
    services,
    berths,
    market,
    emissions,
    objective,
    quantity,
)
"""Each block may use only what those before it put on the model."""


def build_model(data: Instance, objective: str = "cost") -> pyo.ConcreteModel:
    """Return the siting MILP; every block adds its own variables, laws and cost.

    Parameters
    ----------
    objective : what decides, a name of ``models.objective.OBJECTIVES``.
    """
    m = pyo.ConcreteModel(name="siting")
    for block in BLOCKS:
        block.add(m, data)
    add_objective(m, objective)
    return m
