"""The Sankey diagram of the plan as a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.number import MASS, scale
from siting.report.paper.section import Chart, Section
from siting.report.sankey import sankey
from siting.report.stream import links, node_name
from siting.report.words import label

if TYPE_CHECKING:
    from siting.outcome import Outcome
    from siting.text import Language

Pair = tuple[tuple[str, str], tuple[str, str]]


def flow_section(outcome: Outcome, language: Language) -> Section:
    """Show where all that arises in the last period comes to its end."""
    last = facts.periods(outcome)[-1]
    table = links(outcome)
    table = table[table["period"] == last]
    amounts: dict[Pair, float] = {}
    for row in table.itertuples():
        pair = ((row.from_kind, row.from_key), (row.to_kind, row.to_key))
        amounts[pair] = amounts.get(pair, 0.0) + row.flow_t
    title = label("flow_heading", language)
    if not amounts:
        return Section(title)
    unit = scale(MASS, amounts.values(), language)
    caption = label("flow_chart", language).format(last=last, unit=unit.unit)
    drawing = sankey(caption, amounts, lambda node: node_name(node, language), unit)
    return Section(
        title,
        charts=[Chart(caption, drawing)],
        remark=label("flow_remark", language),
        files=["material_links.csv"],
    )
