"""How sure the answer is, and what it rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from siting.report import facts
from siting.report.charts import share_bar
from siting.report.number import MONEY, NONE, full, percent_up, scale
from siting.report.paper.quoted import table_word, unit_word
from siting.report.paper.section import Chart, Grid, Section, heads
from siting.report.words import LABELS, label
from siting.text import spoken, word

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Outcome
    from siting.text import Language

MOST_ROWS = 200
"""Assumptions shown; assumptions.csv has all."""

PRINTED_ROWS = 40
"""Of these, assumptions that go to paper, those to question first."""

CONFIDENCE = ("published", "compiled", "estimate", "override")
ASSUMPTION = ["table", "name", "value", "unit", "low", "high", "confidence", "source"]


def sureness_section(outcome: Outcome, language: Language) -> Section:
    """Say how good the plan provably is, and how firm the numbers under it are."""
    made = outcome.provenance
    said = {"model": [made.model], "unknowns": made.notes}
    lists = [(label(key, language), [spoken(s, language) for s in said[key]]) for key in said]
    return Section(
        title=label("sureness_heading", language),
        charts=confidence_chart(outcome, language),
        grids=[gap_grid(outcome, language)],
        lists=[(title, items) for title, items in lists if any(items)],
        files=["key_figures.csv", "proof.csv", "assumptions.csv"],
    )


def gap_grid(outcome: Outcome, language: Language) -> Grid:
    """Return how much cheaper another plan could at most be, by three measures."""
    plan, sure = outcome.plan, facts.sureness(outcome.plan)
    has_network = math.isfinite(sure.of_network)
    rows = [
        [label("in_money", language), full(MONEY, sure.distance_jpy, language, up=True)],
        [label("of_objective", language), percent_up(sure.of_objective)],
        [label("of_network", language), percent_up(sure.of_network) if has_network else NONE],
        [label("status", language), label(plan.status, language)],
    ]
    return Grid(label("tile_gap", language), heads("measure at_most", language), rows)


def confidence_chart(outcome: Outcome, language: Language) -> list[Chart]:
    """Return a bar of the assumptions by confidence, if there are any."""
    shares = confidence_shares(outcome.assumptions)
    if not shares:
        return []
    named = {label(key, language): share for key, share in shares.items()}
    title = f"{label('confidence_chart', language)} (n={len(outcome.assumptions):,})"
    return [Chart(title, share_bar(title, named, f"c{language}"))]


def confidence_shares(assumptions: pd.DataFrame) -> dict[str, float]:
    """Return the share of the assumptions of each confidence, firmest first [-]."""
    found = assumptions["confidence"].value_counts(normalize=True).to_dict()
    order = [key for key in CONFIDENCE if key in found]
    return {str(key): float(found[key]) for key in [*order, *sorted(set(found) - set(order))]}


def annex(outcome: Outcome, language: Language) -> list[Section]:
    """Return the sections behind the paper."""
    return [assumptions_section(outcome, language), parts_section(outcome, language)]


def both(key: str) -> str:
    """Return a label in both languages."""
    japanese, english = LABELS[key]
    return f"{japanese} / {english}"


def assumptions_section(outcome: Outcome, language: Language) -> Section:
    """Return the numbers the study rests on."""
    table = least_firm_first(outcome.assumptions)
    shown = table[ASSUMPTION].head(MOST_ROWS)
    shown = shown.assign(
        table=[table_word(str(name), language) for name in shown["table"]],
        unit=[unit_word(str(unit), language) for unit in shown["unit"]],
    )
    rows = [[cell(value, language) for value in row] for row in shown.to_numpy()]
    head = [label(key, language) for key in ASSUMPTION]
    count = label("of_assumptions", language).format(shown=len(rows), total=f"{len(table):,}")
    grid = Grid(
        count,
        head,
        rows,
        names=len(head),
        style="small figures",
        printed=PRINTED_ROWS,
        is_quoted=True,
    )
    return Section(
        title=label("assumptions_heading", language),
        grids=[grid] if rows else [],
        remark=label("assumptions_remark", language),
        files=["assumptions.csv"],
        is_annex=True,
    )


def least_firm_first(assumptions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with those first that a committee should question first."""
    order = {key: -rank for rank, key in enumerate(CONFIDENCE)}
    firmness = assumptions["confidence"].map(order).fillna(-len(CONFIDENCE))
    keys = ["firmness", "table", "name"]
    return assumptions.assign(firmness=firmness).sort_values(keys, kind="stable")


def cell(value: Any, language: Language) -> str:
    """Return an assumption's entry as text: short numbers, nothing where nothing is known."""
    if isinstance(value, float):
        digits = ",.0f" if abs(value) >= 1000 else ".6g"
        return format(value, digits) if math.isfinite(value) else ""
    if value in CONFIDENCE:
        return label(value, language)
    return "" if value is None else str(value)


def parts_section(outcome: Outcome, language: Language) -> Section:
    """Return the proof of each independent part of the instance."""
    bounds = outcome.plan.bounds.sort_index()
    unit = scale(MONEY, bounds["objective_jpy"], language)
    rows = [
        [
            part_name(str(name), language),
            unit.text(row["objective_jpy"]),
            unit.text(row["bound_jpy"]),
            percent_up(row["gap"]),
            f"{int(row['arcs']):,}",
        ]
        for name, row in bounds.iterrows()
    ]
    head = heads("commodity objective bound gap arcs", language)
    grid = Grid(f"[{unit.unit}]", head, rows)
    title = label("parts_heading", language)
    return Section(title, grids=[grid] if rows else [], files=["proof.csv"], is_annex=True)


def part_name(commodities: str, language: Language) -> str:
    """Return the commodities of an independent part."""
    parts = ("・" if language == "ja" else ", ").join
    return parts(word(key, language) for key in commodities.split(" + "))


def provenance_section(outcome: Outcome) -> Section:
    """Return hashes, versions and the credit lines the licences ask for."""
    made = outcome.provenance
    rows = [[both("config_file"), made.config_sha256]]
    rows += [[name, digest] for name, digest in sorted(made.layer_sha256.items())]
    rows += [[name, version] for name, version in sorted(made.versions.items())]
    grid = Grid("", [both("what"), both("value")], rows, names=2, style="small hashes")
    lists = [(both("credits"), made.credits)] if made.credits else []
    return Section(both("provenance_heading"), grids=[grid], lists=lists)
