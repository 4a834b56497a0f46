"""The regrets of all candidates as one HTML file that needs nothing else."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from siting.report.number import MASS, MONEY, NONE, full, percent_up, scale
from siting.report.page import page_html
from siting.report.paper.annex import provenance_section
from siting.report.paper.paper import Paper
from siting.report.paper.section import Grid, Section
from siting.scenarios.why.answer import site_name, table_answer
from siting.scenarios.why.regret import FIXED, NOWHERE
from siting.scenarios.why.traffic import IN, OUT
from siting.scenarios.why.words import sentence
from siting.text import spoken

if TYPE_CHECKING:
    from siting.report.number import Scale
    from siting.scenarios.why.question import Question
    from siting.scenarios.why.regret import Regret, Table
    from siting.text import Language

SOURCE = ("来歴と出典", "Provenance and credits")


def regrets_html(question: Question, table: Table) -> str:
    """Return the page: Japanese first, English at a switch, in the dress of the report."""
    source = replace(provenance_section(question.outcome), title=" / ".join(SOURCE))
    papers = [paper(question, table, "ja"), paper(question, table, "en")]
    return page_html(papers, [source], question.outcome)


def paper(question: Question, table: Table, language: Language) -> Paper:
    """Return the page in one language."""
    outcome = question.outcome
    sections = [
        regret_section(question, table, language, (IN, NOWHERE), "in_heading"),
        regret_section(question, table, language, (OUT, FIXED), "out_heading"),
        method_section(question, language),
    ]
    return Paper(
        language=language,
        kicker=sentence("kicker", language),
        title=outcome.title_ja if language == "ja" else outcome.title_en,
        answer=table_answer(question, table, language),
        tiles=tiles(table, language),
        sections=[section for section in sections if not section.is_empty],
    )


def tiles(table: Table, language: Language) -> list[tuple[str, str]]:
    """Return the key figures: candidates, those with a plan sought, cost and gap of the plan."""
    gap = (table.cost_jpy - table.bound_jpy) / abs(table.cost_jpy) if table.cost_jpy else 0.0
    return [
        (sentence("tile_count", language), f"{len(table.regrets):,}"),
        (sentence("tile_searched", language), f"{sum(row.solved for row in table.regrets):,}"),
        (sentence("tile_cost", language), full(MONEY, table.cost_jpy, language)),
        (sentence("tile_gap", language), percent_up(gap)),
    ]


def regret_section(
    question: Question, table: Table, language: Language, ways: tuple[str, ...], title: str
) -> Section:
    """Show the regrets of the sites asked about in one of `ways`, the least first."""
    rows = [row for row in table.regrets if row.way in ways]
    amounts = [value for row in rows for value in (row.found_jpy, row.high_jpy)]
    money = scale(MONEY, amounts, language)
    mass = scale(MASS, [row.served_t for row in rows], language)
    units = {"found": money, "low": money, "high": money, "priced": money, "served": mass}
    order = ("site", "prefecture", "found", "low", "high", "gap", "priced", "served", "basis")
    head = [
        sentence(key, language, **({"unit": units[key].unit} if key in units else {}))
        for key in order
    ]
    lines = [line(question, table, row, (money, mass), language) for row in rows]
    grids = [Grid("", head, lines, names=2)] if lines else []
    return Section(sentence(title, language), grids=grids, files=["why.csv"])


def line(
    question: Question, table: Table, row: Regret, scales: tuple[Scale, Scale], language: Language
) -> list[str]:
    """Return the row of one site."""
    places, (money, mass) = question.prepared.assembled.places, scales
    prefecture = places["pref_ja"].get(row.site, "") if "pref_ja" in places else ""
    return [
        site_name(places, row.site, language),
        str(prefecture) if isinstance(prefecture, str) else "",
        money.text(row.found_jpy),
        money.text(row.low_jpy),
        money.text(row.high_jpy, up=True),
        percent_up(table.share(row.gap_jpy)),
        money.text(row.priced_jpy) if row.way == IN else NONE,
        mass.text(row.served_t),
        basis(row, language),
    ]


def basis(row: Regret, language: Language) -> str:
    """Say what the figures of a site rest on."""
    if row.way in {FIXED, NOWHERE}:
        return sentence(f"{row.way}_short", language)
    if row.solved:
        return sentence("searched", language)
    return sentence("idle" if math.isfinite(row.high_jpy) else "limits_only", language)


def method_section(question: Question, language: Language) -> Section:
    """Say what a regret is, what is known of it, and what the plans do not know."""
    keys = ("meaning", "known", "priced_meaning")
    notes = [spoken(note, language) for note in question.outcome.provenance.notes]
    said = [*(sentence(key, language) for key in keys), *notes]
    return Section(sentence("method_heading", language), lists=[("", said)])
