"""The viewpoints as sections of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.charts import share_bar, stacked_bars, waterfall
from siting.report.number import MASS, Scale, scale
from siting.report.paper.section import Chart, Section
from siting.report.viewpoints.grid import grid, word_of
from siting.report.viewpoints.words.name import caption, head
from siting.report.viewpoints.words.sentence import question_text, remark, title
from siting.report.words import label

if TYPE_CHECKING:
    from siting.outcome import Outcome
    from siting.report.viewpoints.table import Table, Viewpoint
    from siting.text import Language


def viewpoint_section(view: Viewpoint, outcome: Outcome, language: Language) -> Section:
    """Return the section of one viewpoint."""
    last = str(facts.periods(outcome)[-1])
    said = [
        remark(view.key, language, view.quoted),
        remark("rest", language, {"last": last, "file": view.file}),
    ]
    questions = [question_text(q, outcome.study, language) for q in view.questions]
    grids = [grid(t, outcome, language) for t in view.tables if t.shown and is_known(t)]
    return Section(
        title=title(view.key, language),
        charts=charts(view, language),
        grids=[each for each in grids if each.rows],
        remark=("" if language == "ja" else " ").join(said),
        lists=[(title("open_questions", language), questions)] if questions else [],
        files=[f"{view.file}.csv"],
    )


def named_section(table: Table, outcome: Outcome, language: Language) -> Section:
    """Return what the plan does at the sites named for the study's case."""
    last = str(facts.periods(outcome)[-1])
    return Section(
        title=title("named_areas", language),
        grids=[grid(table, outcome, language)] if len(table.data) else [],
        remark=remark("named_areas", language, {"last": last}),
        files=["named_areas.csv"],
    )


def is_known(table: Table) -> bool:
    """Return whether there is a number in the table."""
    return bool(table.data.notna().to_numpy().any())


def charts(view: Viewpoint, language: Language) -> list[Chart]:
    """Return the charts of a viewpoint."""
    drawn = {"material": fate_chart, "economy": waterfall_chart, "data": ledger_chart}
    chart = drawn.get(view.key)
    return chart(view, language) if chart else []


def fate_chart(view: Viewpoint, language: Language) -> list[Chart]:
    """Return bars of what arises by period: collected, imported, uncollected."""
    table = view.table("balance")
    raw = table[table["collected_t"] + table["uncollected_t"] > 0]
    sums = raw.groupby(level="period")[["collected_t", "imports_t", "uncollected_t"]].sum()
    if sums.empty:
        return []
    home = sums.assign(collected_t=sums["collected_t"] - sums["imports_t"])
    unit = scale(MASS, home.sum(axis=1), language)
    layers = {
        head(column, language): list(home[column] / unit.factor)
        for column in home
        if home[column].any()
    }
    name = f"{caption('balance', language)} [{unit.unit}]"
    periods = [int(t) for t in home.index]
    return [Chart(name, stacked_bars(name, unit.unit, periods, layers, f"v1{language}"))]


def waterfall_chart(view: Viewpoint, language: Language) -> list[Chart]:
    """Return how the cost of a tonne of recycled material adds up."""
    steps = view.table("waterfall")["cost_jpy_per_t"].dropna()
    if steps.empty:
        return []
    unit = Scale(1.0, "円/t" if language == "ja" else "JPY/t", 0, language)
    named = [(word_of("step", str(key), language), float(jpy)) for key, jpy in steps.items()]
    name = f"{caption('waterfall', language)} [{unit.unit}]"
    return [Chart(name, waterfall(name, unit, named, label("total", language)))]


def ledger_chart(view: Viewpoint, language: Language) -> list[Chart]:
    """Return the cost cut by the confidence of what it rests on."""
    shares = view.table("ledger")["weight_share"]
    named = {word_of("confidence", str(k), language): float(v) for k, v in shares.items()}
    name = caption("ledger", language)
    return [Chart(name, share_bar(name, named, f"v7{language}"))] if named else []
