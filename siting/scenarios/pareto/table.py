"""A front as JSON, tables and a page."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.report.record import cleaned
from siting.report.tables import write_office_csv
from siting.scenarios.pareto.answer import answer, rate
from siting.scenarios.pareto.page import front_html
from siting.scenarios.pareto.words import GAINED, RATE
from siting.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from siting.scenarios.pareto.front import Front, Point


def write_front(folder: Path, front: Front) -> None:
    """Write ``pareto.json``, ``pareto.csv``, ``pareto_hubs.csv`` and ``pareto.html``."""
    record = json.dumps(front_record(front), ensure_ascii=False, indent=2, allow_nan=False)
    write_whole(folder / "pareto.json", f"{record}\n")
    write_office_csv(folder / "pareto.csv", point_table(front))
    write_office_csv(folder / "pareto_hubs.csv", hub_table(front))
    write_whole(folder / "pareto.html", front_html(front))


def front_record(front: Front) -> dict[str, Any]:
    """Return what ``pareto.json`` holds."""
    hubs = hub_table(front)
    points = point_table(front).to_dict("records")
    for point in points:
        own = hubs[hubs["point"] == point["point"]].drop(columns="point")
        point["hubs_running"] = own.to_dict("records")
    record: dict[str, Any] = cleaned(
        {
            "study": front.outcome.study,
            "title_ja": front.outcome.title_ja,
            "title_en": front.outcome.title_en,
            "x": front.x.quantity,
            "y": front.y.quantity,
            "points": points,
            "dominated": [point_record(front, 0, point) for point in front.dominated],
            "best_y": front.best_y,
            "best_y_bound": front.best_y_bound,
            "limits_without_plan": front.without_plan,
            "interrupted": front.interrupted,
            "summary": {"ja": answer(front, "ja"), "en": answer(front, "en")},
            "config_sha256": front.outcome.provenance.config_sha256,
            "versions": dict(sorted(front.outcome.provenance.versions.items())),
        }
    )
    return record


def point_table(front: Front) -> pd.DataFrame:
    """Return the points from the best x to the best y, a row each."""
    rows = [point_record(front, n, point) for n, point in enumerate(front.points, 1)]
    rates = [float("nan"), *(rate(front, *pair) for pair in pairwise(front.points))]
    given = f"given_{RATE[front.x][3]}_per_{GAINED[front.y][3]}"
    return pd.DataFrame(rows).assign(**{given: rates})


def point_record(front: Front, number: int, point: Point) -> dict[str, Any]:
    """Return the row of one point."""
    stands = standing(front, point)
    return {
        "point": number,
        front.x.quantity: point.x,
        front.y.quantity: point.y,
        f"limit_{front.y.quantity}": float("nan") if point.limit is None else point.limit,
        f"bound_{front.x.quantity}": point.bound,
        "gap": point.gap,
        "status": point.status,
        "sites": stands.index.unique("site").size,
        "hubs": stands.index.droplevel(["size", "period"]).unique().size,
        "lines": int(stands["lines"].sum()),
        "seconds": point.seconds,
    }


def standing(front: Front, point: Point) -> pd.DataFrame:
    """Return the hubs of a point with a line in the last period."""
    hubs = point.plan.hubs
    last = front.outcome.instance.periods.index.max()
    return hubs[(hubs["lines"] > 0) & (hubs.index.get_level_values("period") == last)]


def hub_table(front: Front) -> pd.DataFrame:
    """Return the hubs of every point with a line, by period, with the name of their site."""
    columns = ["lines", "opened_lines", "capacity_t", "throughput_t", "opening_jpy"]
    tables = [
        point.plan.hubs.loc[point.plan.hubs["lines"] > 0, columns].reset_index().assign(point=n)
        for n, point in enumerate(front.points, 1)
    ]
    table = pd.concat(tables, ignore_index=True)
    for language in ("ja", "en"):
        known = front.outcome.places[f"name_{language}"]
        table[f"name_{language}"] = table["site"].map(known).fillna(table["site"])
    keys = ["point", "site", "name_ja", "name_en", "technology", "size", "period"]
    return table[[*keys, *columns]]
