"""The main lanes: what each mode asks, part by part, and why the plan chose as it did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from siting.report import facts
from siting.report.modes.charts import cost_bar, cost_key
from siting.report.modes.facts.lane import PARTS
from siting.report.modes.reason import known, reasons_of
from siting.report.modes.words import heads, label, mode_name
from siting.report.number import MASS, full, percent, plain
from siting.report.paper.section import Grid, Section

if TYPE_CHECKING:
    from siting.report.modes.facts.finding import Findings
    from siting.report.modes.names import Names
    from siting.report.modes.reason import Reasons
    from siting.text import Language

DEAREST, BY_LINE = 12, 13
"""Lanes on the page: the dearest of all, then the dearest where a train or ship carries some;
modes_lanes.csv has all."""

BLANKS = len(PARTS) + 5


def lanes_section(found: Findings, language: Language) -> Section:
    """Say what the main lanes cost by each mode, one small table per lane."""
    title, table = label("lanes_heading", language), found.lanes.table
    if table.empty:
        return Section(title)
    numbers = shown(found)
    reasons = reasons_of(found, language, numbers)
    share = table.loc[numbers, "cost_jpy"].sum() / (table["cost_jpy"].sum() or 1.0)
    remark = label("lanes_remark", language).format(
        last=facts.periods(found.outcome)[-1],
        shown=len(numbers),
        total=f"{len(table):,}",
        share=percent(share, 0),
    )
    key = cost_key(label("key", language), heads(" ".join(PARTS), language), mark(language))
    grids = [lane_grid(found, int(lane), reasons) for lane in numbers]
    return Section(title, charts=[key], grids=grids, remark=remark)


def shown(found: Findings) -> list[int]:
    """Return the lanes on the page, the dearest first in both groups."""
    offers = found.lanes.offers[found.lanes.offers["flow_t"] > 0].reset_index()
    by_line = offers.loc[offers["mode"] != "truck", "lane"]
    dearest = list(found.lanes.table.index[:DEAREST])
    rest = found.lanes.table.index.drop(dearest)
    return [int(lane) for lane in (*dearest, *rest[rest.isin(by_line)][:BY_LINE])]


def mark(language: Language) -> str:
    """Return what tells the fills of the bars from others of the document."""
    return f"cost-{language}-"


def lane_grid(found: Findings, lane: int, reasons: Reasons) -> Grid:
    """Return one lane: each mode with its share, the cost of a tonne by parts, and the rest."""
    language, offers = reasons.language, reasons.offers[lane]
    modes = [*sorted(offers, key=rank), *missing_kinds(found, offers)]
    top = max((total(o) for o in offers.values() if known(o)), default=0.0)
    rows = [mode_row(mode, offers.get(mode), top, reasons.names) for mode in modes]
    head = [
        *heads("mode_share stack", language),
        *heads(" ".join(PARTS), language),
        *heads("sum kgco2e hours driver_h mj", language),
    ]
    return Grid(lane_caption(found, lane, reasons), head, rows, names=2, style="lane")


def rank(mode: str) -> tuple[int, str]:
    """Return where a mode stands in a lane's table: truck, rail, ship."""
    order = {"truck": 0, "rail": 1, "ship": 2}
    return order.get(mode.partition(":")[0], len(order)), mode


def missing_kinds(found: Findings, offers: dict[str, Any]) -> list[str]:
    """Return the modes of the widest run that have no offer at all on the lane."""
    present = {mode.partition(":")[0] for mode in offers}
    return [name for name in found.widest.split("+") if name not in present]


def lane_caption(found: Findings, lane: int, reasons: Reasons) -> str:
    """Return the lane's name and tonnes, and below them why the mode was chosen."""
    row = found.lanes.table.loc[lane]
    per_yr = "年" if reasons.language == "ja" else ""
    tonnes = f"{per_yr}{full(MASS, row['flow_t'], reasons.language)}"
    tonnes += "" if per_yr else "/yr"
    return Markup('{}. {}: {}<br><span class="why">{}</span>').format(
        lane + 1, reasons.names.lane(row), tonnes, reasons.why(lane)
    )


def mode_row(mode: str, offer: dict[str, Any] | None, top: float, names: Names) -> list[str]:
    """Return what one mode asks for a tonne; nothing but why not where it is not compared."""
    language = names.language
    name = mode_name(mode, language)
    if offer is None:
        return [name, label("no_offer", language), *[""] * BLANKS]
    used = f"{name} {percent(offer['share'], 0)}" if offer["share"] > 0 else name
    if not known(offer):
        return [used, label("partial", language), *[""] * BLANKS]
    values = [float(offer[part]) for part in PARTS]
    return [
        used,
        bar(offer, name, top, names),
        *(plain(value, 0, language) if value else "" for value in values),
        plain(total(offer), 0, language),
        plain(offer["kgco2e_per_t"], 1, language),
        plain(offer["hours"], 0, language),
        plain(offer["driver_h_per_t"], 2, language),
        plain(offer["mj_per_t"], 0, language),
    ]


def bar(offer: dict[str, Any], name: str, top: float, names: Names) -> str:
    """Return the bar of the parts of the cost, and below it the terminals by name."""
    language = names.language
    said = ", ".join(f"{label(p, language)} {plain(offer[p], 0, language)}" for p in PARTS)
    values = [float(offer[part]) for part in PARTS]
    drawn = Markup(cost_bar(f"{name}: {said}", values, top, mark(language)))
    if offer["mode"] == "truck" or not isinstance(offer["from_node"], str):
        return drawn
    ends = f"{names.place(offer['from_node'])} → {names.place(offer['to_node'])}"
    return Markup('{}<span class="via">{}</span>').format(drawn, ends)


def total(offer: dict[str, Any]) -> float:
    """Return the cost of a tonne from door to door [JPY/t]."""
    cost = float(offer["cost_jpy_per_t"])
    return cost if math.isfinite(cost) else 0.0
