"""The answer at the head of the paper: where, when, for how much, and how sure that is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.number import MASS, MONEY, full, percent
from siting.report.sentences import sentence
from siting.report.summary import (
    cost_in_words,
    fee_in_words,
    gap_in_words,
    gap_of_network_in_words,
    gases_in_words,
    listed,
    targets_in_words,
)
from siting.report.words import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from siting.outcome import Outcome
    from siting.text import Language

NAMED = 8
"""Sites named in the answer; the table of sites has more, hubs.csv has all."""

NEAR, FAR = 0.01, 0.05
"""Gap up to which a plan is called as good as the best, and near it; own choice [-]."""


def points(
    outcome: Outcome, language: Language, firmness: Mapping[str, float]
) -> list[tuple[str, str]]:
    """Return the four answers, and what becomes of targets and emissions.

    Parameters
    ----------
    firmness : share of the cost by the confidence of the figures it rests on [-].
    """
    said = {
        "point_where": [where(outcome, language)],
        "point_when": [when(outcome, language), invested(outcome, language)],
        "point_cost": [cost_in_words(outcome.plan, language)],
        "point_sure": [
            verdict(outcome.plan.gap, language),
            gap_in_words(outcome.plan, language),
            gap_of_network_in_words(outcome.plan, language),
            rests_on(firmness, language),
        ],
        "point_targets": [targets_in_words(outcome, language), fee_in_words(outcome, language)],
        "point_gases": [gases_in_words(outcome, language)],
    }
    blank = "" if language == "ja" else " "
    rows = [(label(key, language), blank.join(filter(None, parts))) for key, parts in said.items()]
    return [(name, text) for name, text in rows if text]


def headline(outcome: Outcome, language: Language) -> str:
    """Say in one sentence what stands in the last period and what it collects."""
    last = facts.periods(outcome)[-1]
    stands = facts.extent(outcome.plan, last)
    if not stands.hubs:
        return sentence("no_hubs", language)
    total = facts.collection(outcome, "period").loc[last]
    return sentence(
        "headline",
        language,
        last=last,
        sites=f"{stands.sites:,}",
        hubs=f"{stands.hubs:,}",
        lines=f"{stands.lines:,}",
        capacity=full(MASS, stands.capacity_t, language),
        collected=full(MASS, total["collected_t"], language),
        share=percent(total["collected_share"]),
    )


def by_site(outcome: Outcome) -> pd.DataFrame:
    """Return by site first period, throughput of the last period and opening cost.

    Returns
    -------
    DataFrame
        Index site, those that treat most first; first_period, throughput_t [t/yr], opening_jpy.
    """
    hubs = facts.built(outcome.plan).reset_index()
    last = facts.periods(outcome)[-1]
    table = hubs.groupby("site").agg(first_period=("period", "min"))
    treated = hubs[hubs["period"] == last].groupby("site")["throughput_t"].sum()
    table["throughput_t"] = treated.reindex(table.index).fillna(0.0)
    opening = outcome.plan.hubs["opening_jpy"].groupby(level="site").sum()
    own = outcome.plan.sites["opening_jpy"].groupby(level="site").sum()
    table["opening_jpy"] = opening.add(own, fill_value=0.0).reindex(table.index).fillna(0.0)
    order = table.assign(less=-table["throughput_t"]).sort_values(["less", "site"])
    return table.loc[order.index]


def where(outcome: Outcome, language: Language) -> str:
    """Name the largest sites with what they treat."""
    table = by_site(outcome)
    if table.empty:
        return ""
    named = facts.names(table.index.to_series(), f"name_{language}", outcome)
    parts = [
        f"{named[site]}({full(MASS, t, language)})"
        if language == "ja"
        else f"{named[site]} ({full(MASS, t, language)})"
        for site, t in table["throughput_t"].head(NAMED).items()
    ]
    key = "where_more" if len(table) > NAMED else "where"
    last = facts.periods(outcome)[-1]
    return sentence(
        key, language, last=last, named=listed(parts, language), rest=len(table) - NAMED
    )


def when(outcome: Outcome, language: Language) -> str:
    """Say in which year how many sites begin."""
    counts = by_site(outcome)["first_period"].value_counts().sort_index()
    if counts.empty:
        return ""
    parts = [sentence("starts", language, year=year, count=n) for year, n in counts.items()]
    return sentence("when", language, parts=listed(parts, language))


def invested(outcome: Outcome, language: Language) -> str:
    """Say how much is invested in which year."""
    plan = outcome.plan
    spent = plan.hubs["opening_jpy"].groupby(level="period").sum()
    spent = spent.add(plan.sites["opening_jpy"].groupby(level="period").sum(), fill_value=0.0)
    spent = spent[spent > 0].sort_index()
    if spent.empty:
        return ""
    pair = "{}年 {}" if language == "ja" else "{}: {}"
    parts = [pair.format(year, full(MONEY, jpy, language)) for year, jpy in spent.items()]
    return sentence("invested", language, parts=listed(parts, language))


def verdict(gap: float, language: Language) -> str:
    """Say in plain words how much a reader may build on the plan."""
    if not math.isfinite(gap):
        return ""
    key = "verdict_near" if gap <= NEAR else "verdict_fair" if gap <= FAR else "verdict_far"
    return sentence(key, language, near=percent(NEAR, 0), far=percent(FAR, 0))


def rests_on(firmness: Mapping[str, float], language: Language) -> str:
    """Say which share of the cost rests on estimates."""
    share = firmness.get("estimate", 0.0)
    return sentence("rests_on", language, share=percent(share, 0)) if share else ""
