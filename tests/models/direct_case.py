"""The optimum of an instance by Pyomo's own way to HiGHS: nothing of the strategies around it."""

import math

import pandas as pd
import pyomo.environ as pyo
from pyomo.contrib.appsi.solvers import Highs

from models import Instance, Plan, build_model
from models.reading import read_plan

GAP = 1e-9


def optimum(data: Instance, objective: str = "cost") -> Plan:
    """Return the proven optimum of the whole model of `data`."""
    m = build_model(data, objective)
    found = solved(m)
    bound = found.best_objective_bound
    proof = pd.DataFrame({"status": ["optimal"], "bound_jpy": [bound], "gap": [math.nan]})
    index = pd.MultiIndex.from_arrays([[], []], names=["commodity", "period"])
    return read_plan(m, data, proof, pd.Series(index=index, dtype=float), objective)


def solved(m: pyo.ConcreteModel) -> object:
    """Solve `m` to the gap and return what HiGHS says of it."""
    highs = Highs()
    highs.config.mip_gap = GAP
    return highs.solve(m)
