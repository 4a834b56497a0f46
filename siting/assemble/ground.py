"""The places of a study as tables, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.region import with_region

if TYPE_CHECKING:
    from siting.freight.net import Net
    from siting.layers import Layers

PLACE_COLUMNS = [
    "kind", "name_ja", "name_en", "pref_ja", "lat", "lon", "detail", "confidence", "case", "points"
]  # fmt: skip
"""Columns of a place; the last two say of a site what it stands for."""

NO_SITE = {"case": 0, "points": ""}
"""What the columns that only a site has are elsewhere."""


def town_table(layers: Layers) -> pd.DataFrame:
    """Return the municipalities as places; an island without a road is reached by ferry."""
    towns = pd.DataFrame(layers.municipalities.drop(columns="geometry"))
    towns["lat"] = layers.municipalities.geometry.y
    towns["lon"] = layers.municipalities.geometry.x
    towns["kind"], towns["detail"] = "source", towns["access_mode"]
    towns["by_ferry"] = towns["access_mode"] == "ferry"
    return with_region(towns, layers)


def site_table(layers: Layers, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates as places, with the figures of their municipality and prefecture."""
    area = layers.municipalities["electricity_area"]
    sites = candidates.join(area, on="muni_code").assign(kind="site", by_ferry=False)
    return with_region(sites, layers)


def sink_table(layers: Layers) -> pd.DataFrame:
    """Return the sinks as places; `kind` is that of a place, `sink_kind` says which sink."""
    sinks = pd.DataFrame(layers.sinks.drop(columns="geometry"))
    sinks["lat"], sinks["lon"] = layers.sinks.geometry.y, layers.sinks.geometry.x
    sinks["sink_kind"] = sinks["detail"] = sinks["kind"]
    return with_region(sinks.assign(kind="sink", by_ferry=False), layers)


def terminal_tables(net: Net) -> list[pd.DataFrame]:
    """Return the ports and stations as places."""
    kinds = {"rail": "station", "ship": "port"}
    return [
        found.places.assign(kind=kinds[mode], detail="", confidence="compiled")
        for mode, found in net.terminals.items()
    ]


def place_table(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the places of `tables` as one; points of a site are joined by ``;``."""
    parts = []
    for table in tables:
        lacking = {name: value for name, value in NO_SITE.items() if name not in table}
        parts.append(table.assign(**lacking)[PLACE_COLUMNS])
    places = pd.concat([part for part in parts if len(part)]).rename_axis("node")
    joined = [text if isinstance(text, str) else ";".join(text) for text in places["points"]]
    return places.assign(points=joined)


def ferry_notes(towns: pd.DataFrame) -> list[str]:
    """Return the sentence on municipalities without a road to the main islands."""
    names = ", ".join(towns["name_ja"][towns["by_ferry"]])
    count = int(towns["by_ferry"].sum())
    text_ja = f"{count}市町村は道路網にフェリーでのみ届く({names})。"
    text_en = f"{count} municipalities reach a road only by ferry ({names})."
    return [f"{text_ja} / {text_en}"] if count else []
