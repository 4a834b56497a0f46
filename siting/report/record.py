"""What ``plan.json`` says of a run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from siting.report import facts
from siting.report.summary import closing_summary, gap_in_words

if TYPE_CHECKING:
    from siting.outcome import Outcome


def plan_record(outcome: Outcome) -> dict[str, Any]:
    """Return what ``plan.json`` holds; costs are present values and sum to the objective."""
    record: dict[str, Any] = cleaned(
        {
            "study": outcome.study,
            "title_ja": outcome.title_ja,
            "title_en": outcome.title_en,
            "case": outcome.case,
            "scenario": outcome.scenario,
            **answer_record(outcome),
            "cost_jpy": cost_record(outcome),
            "kgco2e": facts.kgco2e(outcome).to_dict(),
            "quantities": quantity_record(outcome),
            "kgco2e_saved": facts.kgco2e_saved(outcome),
            "investment_jpy": facts.investment_jpy(outcome.plan),
            "standing": [
                {"period": t, **vars(facts.extent(outcome.plan, t))} for t in facts.periods(outcome)
            ],
            "targets": outcome.plan.targets.reset_index().to_dict("records"),
            "parts": outcome.plan.bounds.reset_index().to_dict("records"),
            **provenance_record(outcome),
        }
    )
    return record


def answer_record(outcome: Outcome) -> dict[str, Any]:
    """Return the cost of the plan, the bound, and the gap as a number and in words."""
    plan, sure = outcome.plan, facts.sureness(outcome.plan)
    return {
        "status": plan.status,
        "objective": plan.objective,
        "objective_value": plan.objective_value,
        "bound_value": plan.bound_value,
        "objective_jpy": plan.objective_jpy,
        "bound_jpy": plan.bound_jpy,
        "gap": plan.gap,
        "gap_jpy": sure.distance_jpy,
        "gap_of_network_cost": sure.of_network,
        "gap_in_words": {"ja": gap_in_words(plan, "ja"), "en": gap_in_words(plan, "en")},
        "summary": {
            "ja": closing_summary(outcome, "ja"),
            "en": closing_summary(outcome, "en"),
        },
    }


def cost_record(outcome: Outcome) -> dict[str, dict[str, float]]:
    """Return the present value of each part of the cost under its block [JPY]."""
    blocks: dict[str, dict[str, float]] = {}
    for (block, part), value in facts.cost_jpy(outcome.plan).items():
        blocks.setdefault(block, {})[part] = value
    return blocks


def quantity_record(outcome: Outcome) -> dict[str, dict[str, float]]:
    """Return each quantity by period, per year, in the unit its name ends in."""
    quantities: dict[str, dict[str, float]] = {}
    for (quantity, period), amount in outcome.plan.quantities["amount"].items():
        quantities.setdefault(str(quantity), {})[str(period)] = float(amount)
    return quantities


def provenance_record(outcome: Outcome) -> dict[str, Any]:
    """Return which model was solved, from what, with what and how long it took."""
    made, timing = outcome.provenance, outcome.timing
    return {
        "model": made.model,
        "build_s": timing.build_s,
        "solve_s": timing.solve_s,
        "peak_rss_mib": timing.peak_rss_mib,
        "versions": dict(sorted(made.versions.items())),
        "config_sha256": made.config_sha256,
        "layer_sha256": dict(sorted(made.layer_sha256.items())),
        "layer_vintage": made.layer_vintage,
        "notes": made.notes,
        "credits": made.credits,
    }


def cleaned(value: Any) -> Any:
    """Return `value` as JSON has it: plain numbers, and null where none is known."""
    if isinstance(value, dict):
        return {str(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
