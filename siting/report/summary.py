"""The plan in a few plain sentences, the same on the terminal and at the head of the report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from siting.report.facts import (
    at,
    built,
    capped,
    collection,
    extent,
    investment_jpy,
    kgco2e_saved,
    missed,
    names,
    network_cost_jpy,
    periods,
    sureness,
)
from siting.report.number import GAS, MASS, MONEY, full, percent, percent_up, plain
from siting.report.sentences import sentence
from siting.report.words import label
from siting.text import word

if TYPE_CHECKING:
    from models.plan import Plan
    from siting.outcome import Outcome
    from siting.text import Language


def closing_summary(outcome: Outcome, language: Language = "ja") -> list[str]:
    """Return the plan in five to eight sentences: hubs, tonnes, cost, proof, targets, gases."""
    said = [
        hubs_in_words(outcome, language),
        collected_in_words(outcome, language),
        cost_in_words(outcome.plan, language),
        gap_in_words(outcome.plan, language),
        gap_of_network_in_words(outcome.plan, language),
        targets_in_words(outcome, language),
        fee_in_words(outcome, language),
        gases_in_words(outcome, language),
    ]
    return [text for text in said if text]


def hubs_in_words(outcome: Outcome, language: Language) -> str:
    """Say how many hubs stand in the last period, and since when the first."""
    last = periods(outcome)[-1]
    stands = extent(outcome.plan, last)
    if not stands.hubs:
        return sentence("no_hubs", language)
    return sentence(
        "hubs",
        language,
        last=last,
        first=outcome.plan.hubs.index.get_level_values("period").min(),
        sites=counted(stands.sites, "site", language),
        hubs=counted(stands.hubs, "hub", language),
        lines=counted(stands.lines, "line", language),
        capacity=full(MASS, stands.capacity_t, language),
        largest=listed(largest_sites(outcome, last, language), language),
    )


def counted(number: int, noun: str, language: Language) -> str:
    """Return a number, in English with its noun; the Japanese sentence has the counter."""
    return f"{number:,}" if language == "ja" else f"{number:,} {noun}{'' if number == 1 else 's'}"


def largest_sites(outcome: Outcome, period: int, language: Language) -> list[str]:
    """Return the names of up to three sites that treat most in `period`."""
    treated = at(built(outcome.plan), period)["throughput_t"].groupby(level="site").sum()
    order = treated.sort_values(ascending=False, kind="stable").index[:3]
    return list(names(order.to_series(), f"name_{language}", outcome))


def listed(words: list[str], language: Language) -> str:
    """Return `words` in a row."""
    return ("、" if language == "ja" else ", ").join(words)


def collected_in_words(outcome: Outcome, language: Language) -> str:
    """Say what is collected in the last period, and what share of supply that is."""
    last = periods(outcome)[-1]
    total = collection(outcome, "period").reindex([last], fill_value=0.0).iloc[0]
    return sentence(
        "collected",
        language,
        last=last,
        collected=full(MASS, total["collected_t"], language),
        share=percent(total["collected_share"]),
    )


def cost_in_words(plan: Plan, language: Language) -> str:
    """Say what the plan costs in all, what the network costs, and what must be invested."""
    if not network_cost_jpy(plan):
        return sentence("cost_without", language, total=full(MONEY, plan.objective_jpy, language))
    return sentence(
        "cost",
        language,
        total=full(MONEY, plan.objective_jpy, language),
        network=full(MONEY, network_cost_jpy(plan), language),
        investment=full(MONEY, investment_jpy(plan), language),
    )


def gap_in_words(plan: Plan, language: Language) -> str:
    """Say how much cheaper another plan could at most be; rounded so that it stays true."""
    sure = sureness(plan)
    if plan.objective != "cost":
        aim = label(f"aim_{plan.objective}", language)
        return sentence("gap_other", language, share=percent_up(plan.gap), objective=aim)
    if not sure.distance_jpy:
        return sentence("best", language)
    return sentence(
        "gap",
        language,
        share=percent_up(sure.of_objective),
        distance=full(MONEY, sure.distance_jpy, language, up=True),
    )


def gap_of_network_in_words(plan: Plan, language: Language) -> str:
    """Say how much that is of the network's own cost; nothing where either is zero."""
    sure = sureness(plan)
    if not sure.distance_jpy or not math.isfinite(sure.of_network):
        return ""
    return sentence("gap_of_network", language, share=percent_up(sure.of_network))


def targets_in_words(outcome: Outcome, language: Language) -> str:
    """Say whether the targets are reached, and if not, which and by how much."""
    total, unmet = len(outcome.plan.targets), missed(outcome.plan)
    if not total:
        return sentence("no_targets", language)
    if unmet.empty:
        return sentence("all_met", language, total=total)
    tonnes = unmet["shortfall_t"].groupby(level="commodity").max().sort_values(ascending=False)
    yearly = "年" if language == "ja" else ""
    named = [f"{word(k, language)} {yearly}{full(MASS, t, language)}" for k, t in tonnes.items()]
    some = listed(named[:4], language)
    return sentence("unmet", language, total=total, unmet=len(unmet), named=some)


def fee_in_words(outcome: Outcome, language: Language) -> str:
    """Say what a tonne must be paid on top in the last period for the market to do the same."""
    last = periods(outcome)[-1]
    prices = outcome.plan.targets.loc[~capped(outcome), "fee_jpy_per_t"]
    prices = prices[prices.index.get_level_values("period") == last]
    if prices.empty:
        return ""
    (dear, _), most = prices.idxmax(), float(prices.max())
    if round(most) <= 0:
        return sentence("no_fee", language, last=last)
    return sentence(
        "fee", language, last=last, most=plain(most, 0, language), dear=word(dear, language)
    )


def gases_in_words(outcome: Outcome, language: Language) -> str:
    """Say how much less, or more, is emitted than if nothing were collected."""
    saved = kgco2e_saved(outcome)
    if not built(outcome.plan).size:
        return ""
    key = "saved" if saved >= 0 else "added"
    return sentence(key, language, amount=full(GAS, abs(saved), language))
