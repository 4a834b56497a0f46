"""What arises where, how much of it the plan collects, and which hub each source goes to."""

from typing import Any

import numpy as np
import pandas as pd

from siting.maps.key import Keys, by_period, number_runs, period_runs, short, short_rows
from siting.outcome import Outcome

SOURCE = ["commodity", "source"]
NOWHERE = -1
"""Stands for the hub of a source that sends nothing."""


def sources_of(outcomes: list[Outcome]) -> pd.MultiIndex:
    """Return every (commodity, source) with supply in any of the plans, in order."""
    found = [o.plan.sources["supply_t"] for o in outcomes]
    rows = [supply_t[supply_t > 0].index.droplevel("period").unique() for supply_t in found]
    index = rows[0].append(list(rows[1:])).unique() if len(rows) > 1 else rows[0]
    return index.reorder_levels(SOURCE).sort_values()


def source_columns(sources: pd.MultiIndex, keys: Keys) -> dict[str, list[int]]:
    """Return the place of each source, as runs of steps from one to the next, and its commodity."""
    sources = sources.remove_unused_levels()  # a source that never has anything has no number
    numbers = {"commodity": keys.commodities, "source": keys.nodes}
    commodity, place = (
        np.array([numbers[str(name)][key] for key in sources.levels[level]], int)[codes]
        for level, (name, codes) in enumerate(zip(sources.names, sources.codes, strict=True))
    )
    return {
        "steps": number_runs(np.diff(place, prepend=0)),
        "commodity": number_runs(commodity),
    }


def supply_table(outcome: Outcome, sources: pd.MultiIndex, keys: Keys) -> dict[str, Any]:
    """Return the supply of each source: its largest, and the number of its course over time."""
    wide = on_sources(by_period(outcome.plan.sources["supply_t"], keys), sources)
    top = wide.max(axis=1)
    course = [tuple(row) for row in short_rows(wide.div(top.where(top > 0, 1.0), axis=0), 3)]
    numbers = {row: number for number, row in enumerate(dict.fromkeys(course))}
    return {
        "largest": short(top, 3),
        "course": number_runs(np.array([numbers[row] for row in course], int)),
        "courses": [list(row) for row in numbers],
    }


def collected_columns(outcome: Outcome, sources: pd.MultiIndex, keys: Keys) -> dict[str, Any]:
    """Return the percent collected and the hub of each source, period by period."""
    supply_t = by_period(outcome.plan.sources["supply_t"], keys)
    collected_t = by_period(outcome.plan.sources["collected_t"], keys)
    percent = (100 * collected_t / supply_t.where(supply_t > 0)).fillna(0.0).round()
    return {
        "share": period_runs(on_sources(percent, sources).fillna(0.0)),
        "catchment": period_runs(on_sources(main_sites(outcome, keys), sources).fillna(NOWHERE)),
    }


def on_sources(wide: pd.DataFrame, sources: pd.MultiIndex) -> pd.DataFrame:
    """Return the rows of `wide` (source, commodity) in the order of `sources`."""
    return wide.reorder_levels(SOURCE).reindex(sources)


def main_sites(outcome: Outcome, keys: Keys) -> pd.DataFrame:
    """Return the number of the site that takes most of what each source sends, by period."""
    flow_t = outcome.plan.flows["flow_t"]
    supplied = outcome.plan.sources.index.unique("source")
    sites = outcome.instance.hubs.index.unique("site")
    taken = flow_t[
        flow_t.index.get_level_values("origin").isin(supplied)
        & flow_t.index.get_level_values("destination").isin(sites)
    ]
    sums = taken.groupby(level=["origin", "commodity", "period", "destination"]).sum()
    most = sums.sort_values(kind="stable").reset_index().drop_duplicates(
        ["origin", "commodity", "period"], keep="last"
    )  # fmt: skip
    most = most.assign(place=most["destination"].map(keys.nodes).astype(float))
    index = most.rename(columns={"origin": "source"}).set_index(["source", "commodity", "period"])
    wide = index["place"].unstack("period") if len(index) else by_period(index["place"], keys)
    return wide.reindex(columns=keys.periods)
