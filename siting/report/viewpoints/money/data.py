"""Viewpoint 7, data: how much of the cost rests on published, compiled and estimated figures.

The ledger's rule: each part of the cost that somebody pays weighs its present value without sign.
Of the figures the study used, those that make up the part (``FIGURES``) count alike; the part is
cut by their confidence. A part that rests on no listed figure is the study's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.report import facts
from siting.report.viewpoints.table import FIRST_ORDER, Question, Table, Viewpoint

if TYPE_CHECKING:
    from siting.outcome import Outcome

FIGURES: dict[str, str] = {
    "opening": r"facility/.*(capex|opening|scale_exponent|economic_life|capacity|readiness)",
    "site_opening": r"choices/site/",
    "running": r"facility/.*(fixed_om|land|capex|opening)",
    "labour": r"facility/.*(labour|worker|wage)",
    "energy": r"emissions/(power_price|carrier_price)|facility/.*(electricity|heat)",
    "handling": r"facility/.*(variable_om|handling)",
    "baseline": r"prices/gate_fee|choices/baseline",
    "acquisition": (
        r"transport/.*collection_cost|prices/(feed|product)"
        r"|choices/(collection|acquisition|import)"
    ),
    "transport": r"transport/(?!.*collection_cost)|choices/(network|port|rail|loading)",
    "services": r"transport/(ship|rail|port)",
    "disposal": r"prices/gate_fee|facility/.*residue_cost",
    "market": r"prices/(product|material|feed)|choices/market",
    "emissions": r"prices/carbon|emissions/(?!power_price|carrier_price)",
}
"""Part of the cost to the keys of the figures (``table/name``) that make it up."""

PENALTIES = ("shortfall", "contract")
"""Parts of the cost that nobody pays and the ledger leaves out."""

UNLISTED = "study"
"""Confidence of what rests on no listed figure."""

KINDS = ("published", "compiled", "estimate")


def data(outcome: Outcome) -> Viewpoint:
    """Return the ledger by part and in all, and where better figures would matter most."""
    parts = ledger(outcome)
    return Viewpoint(
        7,
        "data",
        [
            Table("ledger", totals(parts), ranked=False, total=False),
            Table("ledger_by_part", parts, spread="confidence", ranked=False, total=False),
            Table("sensitivity", sensitivity(outcome), FIRST_ORDER, ranked=False, total=False),
        ],
        [Question("value_of_information", "figure")],
        {"count": f"{len(outcome.assumptions):,}"},
    )


def figures_of(outcome: Outcome, part: str) -> pd.DataFrame:
    """Return the assumptions that make up `part`."""
    rows = outcome.assumptions
    key = rows["table"].astype(str) + "/" + rows["name"].astype(str)
    return rows[key.str.match(FIGURES[part])] if part in FIGURES else rows.iloc[:0]


def ledger(outcome: Outcome) -> pd.DataFrame:
    """Return the weight of each part and confidence in the cost; they sum to 1 [-]."""
    weight = pd.Series(paid_jpy(outcome)).abs()
    weight = weight[weight > 0] / (weight.sum() or 1.0)
    rows = [
        (part, confidence, share * of_part)
        for part, share in weight.items()
        for confidence, of_part in confidences(outcome, str(part)).items()
    ]
    columns = ["part", "confidence", "weight_share"]
    return pd.DataFrame(rows, columns=columns).set_index(columns[:2])


def paid_jpy(outcome: Outcome) -> dict[str, float]:
    """Return the present value of each part of the cost that somebody pays [JPY]."""
    parts = facts.part_cost_jpy(outcome.plan)
    return {part: value for part, value in parts.items() if part not in PENALTIES}


def confidences(outcome: Outcome, part: str) -> dict[str, float]:
    """Return the share of each confidence among the figures of `part`; they sum to 1 [-]."""
    found = figures_of(outcome, part)["confidence"]
    known = found.where(found.isin(KINDS), UNLISTED).value_counts(normalize=True)
    return {k: float(known[k]) for k in (*KINDS, UNLISTED) if k in known} or {UNLISTED: 1.0}


def totals(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the weight of each confidence in all, firmest first."""
    sums = parts["weight_share"].groupby(level="confidence").sum()
    order = [k for k in (*KINDS, UNLISTED) if k in sums.index]
    return sums.reindex(order).to_frame()


def sensitivity(outcome: Outcome) -> pd.DataFrame:
    """Return by part how far its cost moves over the mean range of its figures, largest first.

    The cost moves in proportion while hubs and flows stay as they are: first-order.
    """
    cost = pd.Series(paid_jpy(outcome))
    rows = []
    for part, present_value_jpy in cost[cost != 0].items():
        figures = figures_of(outcome, str(part))
        half = mean_half_range(figures)
        swing = abs(present_value_jpy) * half
        rows.append((part, float(len(figures)), present_value_jpy, half, swing))
    columns = ["part", "figures_count", "present_value_jpy", "half_range_share", "swing_jpy"]
    table = pd.DataFrame(rows, columns=columns).set_index("part")
    return table.sort_values("swing_jpy", ascending=False, kind="stable")


def mean_half_range(figures: pd.DataFrame) -> float:
    """Return the mean of half the range of `figures` relative to their values [-]."""
    amounts = figures[["value", "low", "high"]].astype(float)
    amounts = amounts[amounts["value"] != 0].dropna()
    half = (amounts["high"] - amounts["low"]).abs() / (2 * amounts["value"].abs())
    return float(half.mean()) if len(half) else float("nan")
