"""The paper as a value: what is said, in which order; the template only sets it in type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.number import GAS, MASS, MONEY, full, percent, percent_up
from siting.report.paper.annex import sureness_section
from siting.report.paper.body import (
    cost_section,
    gases_section,
    hubs_section,
    investment_section,
    targets_section,
)
from siting.report.paper.transport import transport_section
from siting.report.summary import closing_summary
from siting.report.viewpoints.named import named_areas
from siting.report.viewpoints.section import named_section, viewpoint_section
from siting.report.words import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.outcome import Outcome
    from siting.report.paper.section import Section
    from siting.report.viewpoints.table import Viewpoint
    from siting.text import Language


@dataclass(frozen=True)
class Paper:
    """One language's version: title, answer, key figures as (label, value), sections."""

    language: Language
    kicker: str
    title: str
    answer: list[str]
    tiles: list[tuple[str, str]]
    sections: list[Section] = field(default_factory=list)


def paper(outcome: Outcome, language: Language, views: Sequence[Viewpoint] = ()) -> Paper:
    """Return the paper in one language, with a section for each of `views`."""
    named = named_areas(outcome)
    sections = [
        hubs_section(outcome, language),
        cost_section(outcome, language),
        targets_section(outcome, language),
        investment_section(outcome, language),
        gases_section(outcome, language),
        transport_section(outcome, language),
        *([named_section(named, outcome, language)] if named else []),
        *(viewpoint_section(view, outcome, language) for view in views),
        sureness_section(outcome, language),
    ]
    return Paper(
        language=language,
        kicker=label("paper", language),
        title=outcome.title_ja if language == "ja" else outcome.title_en,
        answer=closing_summary(outcome, language),
        tiles=tiles(outcome, language),
        sections=[section for section in sections if not section.is_empty],
    )


def tiles(outcome: Outcome, language: Language) -> list[tuple[str, str]]:
    """Return the key figures of the last period and of the horizon."""
    plan, last = outcome.plan, facts.periods(outcome)[-1]
    stands = facts.extent(plan, last)
    total = facts.collection(outcome, "period").reindex([last], fill_value=0.0).iloc[0]
    values = {
        "tile_hubs": f"{stands.hubs:,}",
        "tile_lines": f"{stands.lines:,}",
        "tile_cost": full(MONEY, plan.objective_jpy, language),
        "tile_investment": full(MONEY, facts.investment_jpy(plan), language),
        "tile_collected": full(MASS, total["collected_t"], language),
        "tile_share": percent(total["collected_share"]),
        "tile_saved": full(GAS, facts.kgco2e_saved(outcome), language),
        "tile_gap": percent_up(facts.sureness(plan).of_objective),
    }
    return [(label(key, language), value) for key, value in values.items()]
