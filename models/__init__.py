"""The mathematics of the hub-siting problem: tables in, Pyomo model, plan out."""

from models.build import build_model
from models.instance import Instance, InstanceError
from models.plan import Plan

__all__ = ["Instance", "InstanceError", "Plan", "build_model"]
