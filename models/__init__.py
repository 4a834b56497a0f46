"""The mathematics of the hub-siting problem: tables in, Pyomo model, plan out."""

from typing import TYPE_CHECKING, Any

from models.instance import Instance, InstanceError

if TYPE_CHECKING:
    from models.build import build_model
    from models.plan import Plan

__all__ = ["Instance", "InstanceError", "Plan", "build_model"]


def __getattr__(name: str) -> Any:
    """Return what needs Pyomo when it is first asked for: Pyomo takes most of a second to load."""
    if name == "build_model":
        from models.build import build_model

        return build_model
    if name == "Plan":
        from models.plan import Plan

        return Plan
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
