"""Where the sites are: a map with numbers and the table they refer to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from siting.report import facts
from siting.report.charts import COLOURS, INK, RULE, svg, text
from siting.report.number import MASS, MONEY, scale
from siting.report.paper.points import by_site
from siting.report.paper.section import Chart, Grid
from siting.report.words import REGION_OF, label, region_label
from siting.text import word

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from siting.outcome import Outcome
    from siting.text import Language

SHOWN = 20
"""Sites with a number and a row; hubs.csv has all."""

TOLERANCE_DEG, SMALLEST_DEG2 = 0.03, 0.01
"""A coast may leave its original by this much; islands below this area are left out."""

WIDTH, LARGEST = 370.0, 12.0
"""Of the map, and of the radius of the site that treats most [px]."""

MARGIN_DEG = 0.4
COS = math.cos(math.radians(36.0))
"""A degree of longitude in degrees of latitude in the middle of Japan."""

MAIN_ISLANDS = (129.4, 30.9, 145.9, 45.6)
"""West, south, east and north of what the map shows at least [degree]."""

Spot = tuple[float, float]


def site_chart(outcome: Outcome, language: Language) -> list[Chart]:
    """Return the map of the sites, numbered as in the table; nothing without places or coasts."""
    table = by_site(outcome)
    spots = outcome.places.reindex(table.index)[["lat", "lon"]].dropna()
    if outcome.outlines is None or spots.empty:
        return []
    west, south, east, north = window(spots)
    per_deg = WIDTH / ((east - west) * COS)

    def at(lon: float, lat: float) -> Spot:
        return (lon - west) * COS * per_deg, (north - lat) * per_deg

    caption = label("site_map", language)
    drawn = [coasts(outcome.outlines, at), *discs(table.loc[spots.index], spots, at)]
    tall = (north - south) * per_deg
    return [Chart(caption, svg(caption, int(WIDTH), round(tall), drawn))]


def window(spots: pd.DataFrame) -> tuple[float, float, float, float]:
    """Return the corners of the main islands, and of the sites outside them [degree]."""
    west, south, east, north = MAIN_ISLANDS
    lon, lat = spots["lon"].astype(float), spots["lat"].astype(float)
    return (
        min(west, lon.min() - MARGIN_DEG),
        min(south, lat.min() - MARGIN_DEG),
        max(east, lon.max() + MARGIN_DEG),
        max(north, lat.max() + MARGIN_DEG),
    )


def coasts(outlines: gpd.GeoDataFrame, at: Any) -> str:
    """Return the prefectures as one path."""
    pieces = []
    for geometry in outlines.sort_values("pref_code").geometry.simplify(TOLERANCE_DEG):
        for part in getattr(geometry, "geoms", [geometry]):
            if part.area >= SMALLEST_DEG2:
                corners = np.asarray(part.exterior.coords)[:, :2]
                line = "L".join("{:.0f} {:.0f}".format(*at(lon, lat)) for lon, lat in corners[:-1])
                pieces.append(f"M{line}Z")
    path = "".join(pieces)
    return f'<path d="{path}" fill="#f5f3ee" stroke="{RULE}" stroke-width="0.8"/>'


def discs(table: pd.DataFrame, spots: pd.DataFrame, at: Any) -> list[str]:
    """Return a disc for each site, its area as its throughput, numbers where none is covered."""
    most = float(table["throughput_t"].max()) or 1.0
    shapes, drawn = [], []
    for site, t in table["throughput_t"].items():
        x, y = at(*(float(spots.loc[site, name]) for name in ("lon", "lat")))
        r = max(LARGEST * math.sqrt(t / most), 2.5)
        shapes.append((x, y, r))
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{COLOURS[4]}" '
            f'fill-opacity="0.75" stroke="{INK}"/>'
        )
    taken: list[tuple[float, float, float, float]] = []
    for n, (x, y, r) in enumerate(shapes[:SHOWN], 1):
        left, top = free_corner(str(n), (x, y, r), shapes, taken)
        taken.append((left, top, left + 7.0 * len(str(n)), top + 12))
        if abs(left + 3.5 * len(str(n)) - x) > r + 12 or abs(top + 6 - y) > r + 12:
            drawn.append(
                f'<path d="M{x:.1f} {y:.1f}L{left + 3:.1f} {top + 6:.1f}" stroke="{INK}"/>'
            )
        drawn.append(text(left, top + 10.5, str(n), bold=True))
    return drawn


def free_corner(
    number: str,
    own: tuple[float, float, float],
    shapes: list[tuple[float, float, float]],
    taken: list[tuple[float, float, float, float]],
) -> Spot:
    """Return the top left corner for a number, near its disc, where it covers nothing."""
    x, y, r = own
    wide, tall = 7.0 * len(number), 12.0
    inside = [(x - wide / 2, y - tall / 2)] if r >= 8.0 else []
    around = [
        (x + d * math.cos(a) - wide / 2, y + d * math.sin(a) - tall / 2)
        for d in (r + 8.0, r + 16.0, r + 26.0, r + 38.0)
        for a in np.linspace(0, 2 * math.pi, 12, endpoint=False)
    ]
    others = [shape for shape in shapes if shape != own]

    def is_free(left: float, top: float) -> bool:
        for a, b, c, d in taken:
            if left < c and a < left + wide and top < d and b < top + tall:
                return False
        return all(
            math.hypot(
                max(left - cx, cx - left - wide, 0.0), max(top - cy, cy - top - tall, 0.0)
            ) >= cr
            for cx, cy, cr in others
        )  # fmt: skip

    return next((spot for spot in [*inside, *around] if is_free(*spot)), around[0])


def site_grid(outcome: Outcome, language: Language) -> list[Grid]:
    """Return one row per site: where, what, since when, how much, for how much."""
    table = by_site(outcome)
    if table.empty:
        return []
    mass = scale(MASS, [table["throughput_t"].sum()], language)
    money = scale(MONEY, [table["opening_jpy"].sum()], language)
    names = facts.names(table.index.to_series(), f"name_{language}", outcome)
    prefs = table.index.to_series().map(outcome.places["pref_ja"]).fillna("")

    def row(number: str, site: str) -> list[str]:
        pref = prefs[site]
        area = pref if language == "ja" else region_label(REGION_OF.get(pref, ""), language)
        does = "・" if language == "ja" else ", "
        what = does.join(word(g, language) for g in technologies(outcome, site))
        return [number, str(names[site]), area, what, *figures(table.loc[[site]])]

    def figures(rows: pd.DataFrame) -> list[str]:
        start = str(int(rows["first_period"].min()))
        return [start, mass.text(rows["throughput_t"].sum()), money.text(rows["opening_jpy"].sum())]

    rows = [row(str(n), str(site)) for n, site in enumerate(table.index[:SHOWN], 1)]
    if len(table) > SHOWN:
        rest = table.iloc[SHOWN:]
        rows.append(["", f"{label('others', language)} ({len(rest)})", "", "", *figures(rest)])
    keys = ("number", "site", "area", "technology", "first_period")
    head = [label(k, language) for k in keys]
    head += [f"{label('throughput', language)} [{mass.unit}]"]
    head += [f"{label('investment', language)} [{money.unit}]"]
    total = ["", f"{label('total', language)} ({len(table)})", "", "", *figures(table)]
    return [Grid(label("site_table", language), head, rows, 4, total, "sites")]


def technologies(outcome: Outcome, site: str) -> list[str]:
    """Return the technologies at `site`, those that treat most in any period first."""
    hubs = facts.built(outcome.plan).xs(site, level="site")
    treated = hubs["throughput_t"].groupby(level="technology").max()
    return [str(g) for g in treated.sort_values(ascending=False, kind="stable").index]
