"""The paper as a value: what is said, in which order; the template only sets it in type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.number import GAS, MASS, MONEY, full, percent, percent_up
from siting.report.paper.annex import annex, sureness_section
from siting.report.paper.body import (
    cost_section,
    gases_section,
    hubs_section,
    investment_section,
    targets_section,
)
from siting.report.paper.flow_section import flow_section
from siting.report.paper.points import headline, points
from siting.report.paper.transport import transport_section
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
    """One language's version.

    Attributes
    ----------
    answer : what the paper says in a few sentences, the first one set apart.
    tiles : key figures as (label, value).
    points : answers to (question, answer), after the first sentence.
    """

    language: Language
    kicker: str
    title: str
    answer: list[str]
    tiles: list[tuple[str, str]]
    sections: list[Section] = field(default_factory=list)
    points: list[tuple[str, str]] = field(default_factory=list)


def paper(
    outcome: Outcome,
    language: Language,
    views: Sequence[Viewpoint] = (),
    more: Sequence[Section] = (),
) -> Paper:
    """Return the paper in one language, with a section for each of `views` and with `more`."""
    named = named_areas(outcome)
    sections = [
        hubs_section(outcome, language),
        flow_section(outcome, language),
        cost_section(outcome, language),
        targets_section(outcome, language),
        investment_section(outcome, language),
        gases_section(outcome, language),
        transport_section(outcome, language),
        *more,
        *([named_section(named, outcome, language)] if named else []),
        *(viewpoint_section(view, outcome, language) for view in views),
        sureness_section(outcome, language),
        *annex(outcome, language),
    ]
    return Paper(
        language=language,
        kicker=label("paper", language),
        title=outcome.title_ja if language == "ja" else outcome.title_en,
        answer=[headline(outcome, language)],
        points=points(outcome, language, firmness(views)),
        tiles=tiles(outcome, language),
        sections=[section for section in sections if not section.is_empty],
    )


def firmness(views: Sequence[Viewpoint]) -> dict[str, float]:
    """Return the share of the cost by the confidence of the figures under it, where one says so."""
    shares = [view.table("ledger")["weight_share"] for view in views if view.key == "data"]
    return {str(key): float(share) for each in shares for key, share in each.items()}


def tiles(outcome: Outcome, language: Language) -> list[tuple[str, str]]:
    """Return the key figures of the last period and of the horizon."""
    plan, last = outcome.plan, facts.periods(outcome)[-1]
    stands, saved = facts.extent(plan, last), facts.kgco2e_saved(outcome)
    total = facts.collection(outcome, "period").reindex([last], fill_value=0.0).iloc[0]
    values = {
        "tile_sites": f"{stands.sites:,}",
        "tile_hubs": f"{stands.hubs:,} ({stands.lines:,})",
        "tile_cost": full(MONEY, plan.objective_jpy, language),
        "tile_investment": full(MONEY, facts.investment_jpy(plan), language),
        "tile_collected": full(MASS, total["collected_t"], language),
        "tile_share": percent(total["collected_share"]),
        "tile_saved" if saved >= 0 else "tile_added": full(GAS, abs(saved), language),
        "tile_gap": percent_up(facts.sureness(plan).of_objective),
    }
    return [(label(key, language), value) for key, value in values.items()]
