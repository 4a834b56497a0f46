"""How sure the answer is, and what it rests on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from siting.report import facts
from siting.report.charts import share_bar
from siting.report.number import MONEY, NONE, full, percent_up, scale
from siting.report.paper.section import Grid, Section, heads
from siting.report.words import LABELS, label
from siting.text import spoken, word

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Outcome
    from siting.text import Language

MOST_ROWS = 200
"""Assumptions shown; assumptions.csv has all."""

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


def confidence_chart(outcome: Outcome, language: Language) -> list[str]:
    """Return a bar of the assumptions by confidence, if there are any."""
    shares = confidence_shares(outcome.assumptions)
    if not shares:
        return []
    named = {label(key, language): share for key, share in shares.items()}
    title = f"{label('confidence_chart', language)} (n={len(outcome.assumptions):,})"
    return [share_bar(title, named, f"c{language}")]


def confidence_shares(assumptions: pd.DataFrame) -> dict[str, float]:
    """Return the share of the assumptions of each confidence, firmest first [-]."""
    found = assumptions["confidence"].value_counts(normalize=True).to_dict()
    order = [key for key in CONFIDENCE if key in found]
    return {str(key): float(found[key]) for key in [*order, *sorted(set(found) - set(order))]}


def annex(outcome: Outcome) -> list[Section]:
    """Return the sections both languages share, headed in both."""
    return [assumptions_section(outcome), parts_section(outcome), provenance_section(outcome)]


def both(key: str) -> str:
    """Return a label in both languages."""
    japanese, english = LABELS[key]
    return f"{japanese} / {english}"


def assumptions_section(outcome: Outcome) -> Section:
    """Return the numbers the study rests on."""
    table = least_firm_first(outcome.assumptions)
    rows = [[cell(value) for value in row] for row in table[ASSUMPTION].head(MOST_ROWS).to_numpy()]
    head = [both(key) for key in ASSUMPTION]
    grid = Grid(f"n = {len(table):,}", head, rows, names=len(head), style="small figures")
    return Section(
        title=both("assumptions_heading"),
        grids=[grid] if rows else [],
        remark=both("assumptions_remark"),
    )


def least_firm_first(assumptions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with those first that a committee should question first."""
    order = {key: -rank for rank, key in enumerate(CONFIDENCE)}
    firmness = assumptions["confidence"].map(order).fillna(-len(CONFIDENCE))
    keys = ["firmness", "table", "name"]
    return assumptions.assign(firmness=firmness).sort_values(keys, kind="stable")


def cell(value: Any) -> str:
    """Return an assumption's entry as text: short numbers, nothing where nothing is known."""
    if isinstance(value, float):
        digits = ",.0f" if abs(value) >= 1000 else ".6g"
        return format(value, digits) if math.isfinite(value) else ""
    return "" if value is None else both(value) if value in CONFIDENCE else str(value)


def parts_section(outcome: Outcome) -> Section:
    """Return the proof of each independent part of the instance."""
    bounds = outcome.plan.bounds.sort_index()
    unit = scale(MONEY, bounds["objective_jpy"], "ja")
    rows = [
        [
            part_name(str(name)),
            unit.text(row["objective_jpy"]),
            unit.text(row["bound_jpy"]),
            percent_up(row["gap"]),
            f"{int(row['arcs']):,}",
        ]
        for name, row in bounds.iterrows()
    ]
    head = [both(key) for key in ("commodity", "objective", "bound", "gap", "arcs")]
    unit_name = f"[{unit.unit} = {unit.factor:,.0f} JPY]"
    return Section(both("parts_heading"), grids=[Grid(unit_name, head, rows)])


def part_name(commodities: str) -> str:
    """Return the commodities of an independent part in both languages."""
    keys = commodities.split(" + ")
    japanese = "・".join(word(key, "ja") for key in keys)
    return f"{japanese} / {', '.join(word(key, 'en') for key in keys)}"


def provenance_section(outcome: Outcome) -> Section:
    """Return hashes, versions and the credit lines the licences ask for."""
    made = outcome.provenance
    rows = [[both("config_file"), made.config_sha256]]
    rows += [[name, digest] for name, digest in sorted(made.layer_sha256.items())]
    rows += [[name, version] for name, version in sorted(made.versions.items())]
    grid = Grid("", [both("what"), both("value")], rows, names=2, style="small hashes")
    lists = [(both("credits"), made.credits)] if made.credits else []
    return Section(both("provenance_heading"), grids=[grid], lists=lists)
