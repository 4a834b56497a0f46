"""What the plan does at each of the sites the ministry named for a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report import facts
from siting.report.viewpoints.table import Table

if TYPE_CHECKING:
    from siting.outcome import Outcome

NEAR_KM = 5.0
"""A sink within this distance is nearby: the same port or industrial district, own choice [km]."""

EARTH_KM = 6371.0

KEYS = ["point", "site", "status", "technology"]


def named_areas(outcome: Outcome) -> Table | None:
    """Return what runs at each named site of the study's case; None for a study of no case."""
    if outcome.case is None:
        return None
    named = points(outcome, f"CS{outcome.case:02d}")
    rows = [(point, *row) for point, node in named.items() for row in at_node(outcome, node)]
    columns = [*KEYS, "starts_period", "throughput_t", "peak_throughput_t"]
    data = pd.DataFrame(rows, columns=columns).set_index(KEYS)
    return Table("named_areas", data.astype(float), ranked=False, total=False)


def points(outcome: Outcome, start: str) -> dict[str, str]:
    """Return each named point, which begins with `start`, to the node that stands for it.

    A point may have been merged into a site nearby: the places then list it among the ``points``
    of that site, joined by ``;``.
    """
    found = {str(node): str(node) for node in outcome.places.index}
    if "points" in outcome.places:
        listed = outcome.places["points"].dropna()
        found |= {p: str(n) for n, text in listed.items() for p in str(text).split(";")}
    return {point: found[point] for point in sorted(found) if point.startswith(start)}


def at_node(outcome: Outcome, node: str) -> list[tuple[object, ...]]:
    """Return a row for each technology that runs at `node`, or one that says why none does."""
    hubs = facts.built(outcome.plan)
    here = hubs[hubs.index.get_level_values("site") == node]
    if here.empty:
        return [(node, status(outcome, node), "", float("nan"), 0.0, 0.0)]
    last = facts.periods(outcome)[-1]
    rows: list[tuple[object, ...]] = []
    for technology, part in here.groupby(level="technology"):
        treated = part["throughput_t"].groupby(level="period").sum()
        now = float(treated.get(last, 0.0))
        first = float(treated.index.min())
        rows.append((node, "runs", str(technology), first, now, float(treated.max())))
    return rows


def status(outcome: Outcome, node: str) -> str:
    """Return why no hub runs at `node`."""
    if node in outcome.instance.hubs.index.unique("site"):
        return "not_chosen"
    sinks = outcome.instance.sinks.index.unique("sink")
    if node in sinks:
        return "is_sink"
    return "sink_near" if nearest_km(outcome, node, sinks) <= NEAR_KM else "no_candidate"


def nearest_km(outcome: Outcome, node: str, others: pd.Index) -> float:
    """Return how far the nearest of `others` is from `node` [km]."""
    places = np.radians(outcome.places[["lat", "lon"]].astype(float))
    lat, lon = places.loc[node]
    there = places.reindex(others).dropna()
    half = np.sin((there["lat"] - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(there["lat"]) * np.sin((there["lon"] - lon) / 2) ** 2
    return float((2 * EARTH_KM * np.arcsin(np.sqrt(half))).min()) if len(there) else float("inf")
