"""One table of hubs per technology: the largest by name, the rest in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.report import facts
from siting.report.number import MASS, MONEY, percent, scale
from siting.report.paper.section import Grid, heads
from siting.report.words import REGION_OF, label, region_label
from siting.text import word

if TYPE_CHECKING:
    from models.plan import Plan
    from siting.outcome import Outcome
    from siting.report.number import Scale
    from siting.text import Language

SHOWN = 6
"""Hubs named per technology; the paper stays short, hubs.csv has all."""


def ranked_technologies(plan: Plan) -> list[str]:
    """Return the technologies with hubs, those that treat most first."""
    treated = facts.built(plan)["throughput_t"].groupby(level="technology").sum()
    return [str(g) for g in treated.sort_values(ascending=False, kind="stable").index]


def hub_grids(outcome: Outcome, language: Language) -> list[Grid]:
    """Return one table per technology."""
    technologies = ranked_technologies(outcome.plan)
    return [hub_grid(outcome, technology, language) for technology in technologies]


def hub_grid(outcome: Outcome, technology: str, language: Language) -> Grid:
    """Return the hubs of one technology: lines by period, the last period's load, investment."""
    periods = facts.periods(outcome)
    hubs = facts.built(outcome.plan).xs(technology, level="technology", drop_level=False)
    table = by_hub(hubs, periods)
    mass = scale(MASS, [table["capacity_t"].sum()], language)
    money = scale(MONEY, [table["opening_jpy"].sum()], language)

    def figures(rows: pd.DataFrame) -> list[str]:
        sums = rows.sum(numeric_only=True)
        use = sums["throughput_t"] / sums["capacity_t"] if sums["capacity_t"] else float("nan")
        lines = [f"{int(sums[t])}" if sums[t] else "" for t in periods]
        load = [mass.text(sums["capacity_t"]), mass.text(sums["throughput_t"]), percent(use, 0)]
        return [*lines, *load, money.text(sums["opening_jpy"])]

    rows = [
        [*name(outcome, hub, language), *figures(table.loc[[hub]])] for hub in table.index[:SHOWN]
    ]
    if len(table) > SHOWN:
        rest = table.iloc[SHOWN:]
        rows.append([f"{label('others', language)} ({len(rest)})", "", "", *figures(rest)])
    return Grid(
        caption=caption(outcome, technology, mass, money),
        head=[*heads("site area size", language), *map(str, periods),
              *heads("capacity throughput utilisation investment", language)],
        rows=rows,
        names=3,
        total=[f"{label('total', language)} ({len(table)})", "", "", *figures(table)],
        style="wide",
    )  # fmt: skip


def by_hub(hubs: pd.DataFrame, periods: list[int]) -> pd.DataFrame:
    """Return by (site, technology, size) the lines of each period and the last period's load."""
    last = facts.at(hubs, periods[-1]).droplevel("period")[["capacity_t", "throughput_t"]]
    table = hubs["lines"].unstack("period").reindex(columns=periods).fillna(0).astype(int)
    table = table.join(last).fillna(0.0)
    table["opening_jpy"] = hubs["opening_jpy"].groupby(level=facts.HUB).sum()
    order = table.assign(less=-table["throughput_t"]).sort_values(["less", *facts.HUB])
    return table.loc[order.index]


def name(outcome: Outcome, hub: tuple[str, str, str], language: Language) -> list[str]:
    """Return the name of a hub's site, where it lies, and its size."""
    site, _, size = hub
    place = outcome.places.loc[site] if site in outcome.places.index else pd.Series(dtype=object)
    named, pref = str(place.get(f"name_{language}") or site), str(place.get("pref_ja") or "")
    area = pref if language == "ja" else region_label(REGION_OF.get(pref, ""), language)
    return [named, area, word(size, language)]


def caption(outcome: Outcome, technology: str, mass: Scale, money: Scale) -> str:
    """Return the technology, what it takes in, and the units of the table."""
    language = mass.language
    recipe = outcome.instance.recipes.xs(technology, level="technology")
    taken = recipe.index[recipe["input_t_per_t"] > 0]
    inputs = "・".join(word(k, language) for k in taken)
    return f"{word(technology, language)}: {inputs} [{mass.unit}, {money.unit}]"
