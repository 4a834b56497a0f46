"""The eleven viewpoints of one plan, in the ministry's order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from siting.report import facts
from siting.report.viewpoints.flow.feedstock import feedstock
from siting.report.viewpoints.flow.logistics import logistics
from siting.report.viewpoints.flow.material import material
from siting.report.viewpoints.flow.offtake import offtake
from siting.report.viewpoints.money.data import data
from siting.report.viewpoints.money.economy import economy
from siting.report.viewpoints.plant.energy import energy
from siting.report.viewpoints.plant.siting import siting
from siting.report.viewpoints.plant.technology import technology
from siting.report.viewpoints.rule.environment import environment
from siting.report.viewpoints.rule.law import law
from siting.report.viewpoints.table import Question, Table, Viewpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siting.outcome import Outcome

ELEVEN = (
    material, economy, technology, logistics, siting, energy, data, feedstock, offtake, law,
    environment,
)  # fmt: skip


def viewpoints(outcome: Outcome, scenarios: Mapping[str, Outcome] | None = None) -> list[Viewpoint]:
    """Return the eleven viewpoints of `outcome`.

    Parameters
    ----------
    scenarios : name of a solved scenario of the study to its outcome. A question that one of
        them answers gets a table of the differences; the others stay open.
    """
    views = [view(outcome) for view in ELEVEN]
    return [answered(view, outcome, scenarios or {}) for view in views]


def answered(view: Viewpoint, outcome: Outcome, scenarios: Mapping[str, Outcome]) -> Viewpoint:
    """Return `view` with the questions answered that a scenario is named for."""
    found = {q.key: names for q in view.questions if (names := answering(q, scenarios))}
    if not found:
        return view
    rows = {
        (key, name): difference(scenarios[name], outcome)
        for key, names in found.items()
        for name in names
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index = pd.MultiIndex.from_tuples(rows, names=["question", "scenario"])
    still = [q for q in view.questions if q.key not in found]
    more = Table("answers", table, ranked=False, total=False)
    return replace(view, tables=[*view.tables, more], questions=still)


def answering(question: Question, scenarios: Mapping[str, Outcome]) -> list[str]:
    """Return the names of the scenarios that answer `question`."""
    start = question.scenario
    return [name for name in scenarios if start and name.startswith(start)]


def difference(scenario: Outcome, base: Outcome) -> dict[str, float]:
    """Return what the scenario costs, collects (all periods' mean year) and emits more."""
    return {
        "more_cost_jpy": scenario.plan.objective_jpy - base.plan.objective_jpy,
        "more_collected_t": mean_collected_t(scenario) - mean_collected_t(base),
        "more_kgco2e": float(facts.kgco2e(scenario).sum() - facts.kgco2e(base).sum()),
    }


def mean_collected_t(outcome: Outcome) -> float:
    """Return what is collected in a mean year of the horizon [t/yr]."""
    collected = outcome.plan.sources["collected_t"].groupby(level="period").sum()
    years = outcome.instance.periods["years"]
    return float((collected * years).sum() / years.sum())
