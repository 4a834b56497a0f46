"""Regrets in a few sentences, the same on the terminal, in JSON and at the head of the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from siting.report.number import MASS, MONEY, full, percent, plain
from siting.scenarios.why.change import PRICE, SUBSIDY
from siting.scenarios.why.regret import FIXED, NOWHERE, ONE_YEN
from siting.scenarios.why.traffic import IN, OUT
from siting.scenarios.why.words import sentence
from siting.text import word

if TYPE_CHECKING:
    import pandas as pd

    from siting.scenarios.why.change import Change
    from siting.scenarios.why.question import Answer, Question
    from siting.scenarios.why.regret import Regret, Table
    from siting.scenarios.why.traffic import Traffic
    from siting.text import Language

MOST_HUBS = 4
"""Hubs named that a site takes from or gives to."""

ONE_TONNE = 1.0
"""Collected more or less than before, it is worth a sentence [t/yr]."""


def site_name(places: pd.DataFrame, site: str, language: Language) -> str:
    """Return the name of a site, and its id."""
    known = places[f"name_{language}"].get(site, site)
    return f"{known} ({site})" if known != site else site


def answer(question: Question, found: Answer, language: Language) -> list[str]:
    """Return what one site costs, how sure that is, what it serves, and what would change it."""
    places, regret = question.prepared.assembled.places, found.regret
    name = site_name(places, regret.site, language)
    if regret.way in {FIXED, NOWHERE}:
        return [sentence(regret.way, language, site=name)]
    if not regret.solved:
        is_none = math.isnan(regret.found_jpy)
        return [sentence("no_plan" if is_none else "not_in_plan", language, site=name)]
    key = regret.way if regret.found_jpy >= ONE_YEN else f"{regret.way}_free"
    said = [sentence(key, language, site=name, found=money(regret.found_jpy, language))]
    if regret.better_jpy >= ONE_YEN:
        said.append(sentence("better", language, found=money(regret.better_jpy, language)))
    said.append(interval(regret, language))
    if found.traffic:
        said += traffic_words(places, found.traffic, regret.way, language)
    if found.changes:
        said.append(sentence("change", language))
        said += [change_words(change, language) for change in found.changes]
    return said


def money(value: float, language: Language) -> str:
    """Return `value` [JPY] with the unit that suits it."""
    return full(MONEY, value, language)


def interval(regret: Regret, language: Language) -> str:
    """Say between what the regret is proven to lie."""
    low, high = (money(v, language) for v in (regret.low_jpy, regret.high_jpy))
    return sentence("interval", language, low=low, high=high)


def traffic_words(places: pd.DataFrame, found: Traffic, way: str, language: Language) -> list[str]:
    """Say what the site serves, and from whom it takes it or to whom it gives it."""
    served = full(MASS, found.served_t, language)
    if found.served_t <= 0:
        return [sentence("serves_nothing", language, period=found.period)] if way == IN else []
    key = "serves" if way == IN else "serves_out"
    said = [sentence(key, language, period=found.period, sources=found.sources, t=served)]
    blank = "、" if language == "ja" else ", "
    hubs = [
        sentence(
            "share", language, hub=site_name(places, site, language), t=full(MASS, t, language)
        )
        for site, t in list(found.moved_t.items())[:MOST_HUBS]
    ]
    if hubs:
        said.append(sentence("takes" if way == IN else "gives", language, hubs=blank.join(hubs)))
    if found.uncollected_t >= ONE_TONNE:
        collected = "collected_more" if way == IN else "collected_less"
        said.append(sentence(collected, language, t=full(MASS, found.uncollected_t, language)))
    return said


def change_words(change: Change, language: Language) -> str:
    """Say what one change is."""
    share = percent(change.share)
    if change.kind == PRICE:
        item, jpy = word(change.item, language), money(change.needed, language)
        return sentence("price", language, item=item, jpy=jpy, share=share)
    if change.share > 1:
        ratio = plain(change.share, 1, language) if change.kind == SUBSIDY else share
        return sentence(f"{change.kind}_too_little", language, share=ratio)
    km = plain(change.km, 0, language)
    return sentence(change.kind, language, jpy=money(change.needed, language), share=share, km=km)


def table_answer(question: Question, table: Table, language: Language) -> list[str]:
    """Return how many candidates there are, which comes nearest, and what is not known."""
    places = question.prepared.assembled.places
    ways = {way: [row for row in table.regrets if row.way == way] for way in (IN, OUT, FIXED)}
    inside = len(ways[OUT]) + len(ways[FIXED])
    count = len(table.regrets)
    said = [sentence("count", language, count=count, inside=inside, outside=count - inside)]
    for way, key in ((IN, "nearest"), (OUT, "weakest")):
        known = [row for row in ways[way] if math.isfinite(row.found_jpy) and row.solved]
        if known:
            row = min(known, key=lambda row: row.found_jpy)
            low, high, least = (
                money(v, language) for v in (row.low_jpy, row.high_jpy, row.found_jpy)
            )
            name = site_name(places, row.site, language)
            said.append(sentence(key, language, site=name, found=least, low=low, high=high))
    better = question.plan.objective_jpy - table.cost_jpy
    if better >= ONE_YEN:
        said.append(sentence("improved", language, found=money(better, language)))
    lacking = sum(row.way in {IN, OUT} and not row.solved for row in table.regrets)
    if lacking:
        said.append(sentence("unsolved", language, count=lacking))
    return said
