"""What a plan may be made best for, in names and words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan
    from siting.text import Language


class Objective(StrEnum):
    """The objectives of the model, by the names of ``models.objective.OBJECTIVES``."""

    COST = "cost"
    KGCO2E = "kgco2e"
    VIRGIN_MATERIAL_AVOIDED_T = "virgin_material_avoided_t"
    JOBS = "jobs"

    @property
    def quantity(self) -> str:
        """Return the quantity by which the table ``horizon_limits`` knows it."""
        return "cost_jpy" if self is Objective.COST else str(self)

    @property
    def less_is_better(self) -> bool:
        """Return whether a plan is better with less of it."""
        return self in (Objective.COST, Objective.KGCO2E)

    @property
    def limit(self) -> str:
        """Return the column of ``horizon_limits`` that keeps a plan from getting worse in it."""
        return "at_most" if self.less_is_better else "at_least"

    def word(self, language: Language) -> str:
        """Return what it is called."""
        return WORDS[self][0][language == "en"]

    def aim(self, language: Language) -> str:
        """Return what a plan made for it is called."""
        return WORDS[self][1][language == "en"]

    def of_plan(self, plan: Plan, data: Instance) -> float:
        """Return its value over the horizon [JPY present value; kgCO2e, t or person-yr in all]."""
        if self is Objective.COST:
            return plan.objective_jpy
        yearly = plan.quantities["amount"].xs(self.quantity, level="quantity")
        return float((yearly * data.periods["years"].reindex(yearly.index)).sum())


WORDS: dict[Objective, tuple[tuple[str, str], tuple[str, str]]] = {
    Objective.COST: (("費用(現在価値)", "cost (present value)"), ("費用最小", "least cost")),
    Objective.KGCO2E: (
        ("温室効果ガス排出量", "greenhouse gases"),
        ("温室効果ガス最小", "least greenhouse gases"),
    ),
    Objective.VIRGIN_MATERIAL_AVOIDED_T: (
        ("節約される天然資源", "virgin material avoided"),
        ("天然資源の節約最大", "most virgin material avoided"),
    ),
    Objective.JOBS: (("雇用(人年)", "jobs (person-years)"), ("雇用最大", "most jobs")),
}
"""Objective to what it is called, and what a plan made for it is called."""
