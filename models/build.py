"""The model's table of contents."""

import pyomo.environ as pyo

from models import (
    berths,
    collection,
    conversion,
    emissions,
    facility,
    flow,
    market,
    objective,
    services,
    sets,
    transport,
)
from models.instance import Instance

BLOCKS = (
    sets,
    facility,
    collection,
    conversion,
    flow,
    transport,
    services,
    berths,
    market,
    emissions,
    objective,
)
"""Each block may use only what those before it put on the model."""


def build_model(data: Instance) -> pyo.ConcreteModel:
    """Return the siting MILP; every block adds its own variables, laws and cost."""
    m = pyo.ConcreteModel(name="siting")
    for block in BLOCKS:
        block.add(m, data)
    return m
