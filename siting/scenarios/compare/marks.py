"""What the two maps of a comparison draw, as one small JSON value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.maps.extent import first_view
from siting.maps.outline import STEP_DEG, prefecture_rings
from siting.maps.style import LINES, lines
from siting.maps.words import mode_names
from siting.scenarios.compare.difference import NOISE, used_sites
from siting.scenarios.compare.words import MAP_WORDS
from siting.text import WORDS

if TYPE_CHECKING:
    import geopandas as gpd

    from siting.scenarios.compare.difference import Difference
    from siting.scenarios.compare.output import Output

TOP_FLOWS = 200
"""Flows drawn of each plan; the smaller ones are counted and summed."""


def map_data(found: Difference, outlines: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Return places, hubs and flows of both plans [t/yr] by period, with what changes where."""
    periods = sorted(set(found.a.years.index) | set(found.b.years.index))
    places = both_places(found)
    numbers = {str(node): n for n, node in enumerate(places.index)}
    modes = [*LINES]
    view = first_view(places.loc[sorted(set(numbers) & all_sites(found))])
    return {
        "periods": [int(t) for t in periods],
        "places": places.round(4).to_numpy(object).tolist(),
        "modes": [
            {"name": mode_names(m), "colour": line.colour, "dash": list(line.dash)}
            for m, line in lines(modes).items()
        ],
        "titles": [list(both) for both in (found.titles("ja"), found.titles("en"))],
        "plans": [plan_data(o, numbers, periods, modes) for o in (found.a, found.b)],
        "changes": {str(numbers[s]): c for s, c in site_changes(found).items() if s in numbers},
        "technologies": technologies(found, numbers),
        "view": view,
        "step_deg": STEP_DEG,
        "outlines": [row["rings"] for row in prefecture_rings(outlines)],
        "words": {key: list(pair) for key, pair in sorted(MAP_WORDS.items())},
    }


def both_places(found: Difference) -> pd.DataFrame:
    """Return the places that a hub or a flow of either plan touches."""
    places = pd.concat([found.a.places, found.b.places])
    places = places[~places.index.duplicated()].sort_index()
    used = all_sites(found)
    for output in (found.a, found.b):
        used |= set(output.flows.index.unique("origin"))
        used |= set(output.flows.index.unique("destination"))
    return places[places.index.isin(used)]


def all_sites(found: Difference) -> set[str]:
    """Return the sites that either plan uses."""
    return used_sites(found.a) | used_sites(found.b)


def site_changes(found: Difference) -> dict[str, str]:
    """Return what becomes of each site: added, dropped, changed or same."""
    only = {site: change for change in ("added", "dropped") for site in found.sites(change)}
    change = found.changes["change"]
    moved = set(change.index[change != "same"].get_level_values("site"))
    rest = {s: "changed" if s in moved else "same" for s in sorted(all_sites(found))}
    return rest | only


def plan_data(
    output: Output, numbers: dict[str, int], periods: list[int], modes: list[str]
) -> dict[str, Any]:
    """Return hubs as [place, tonnes] and the largest flows as [from, to, mode, tonnes]."""
    hubs = wide(output.hubs["throughput_t"].groupby(level=["site", "period"]).sum(), periods)
    rows = output.flows["flow_t"].reset_index()
    rows["mode"] = [main_mode(str(mode), modes) for mode in rows["mode"]]
    lane = ["origin", "destination", "mode", "period"]
    rows = rows[rows["origin"].isin(numbers) & rows["destination"].isin(numbers)]
    flows = wide(rows.groupby(lane)["flow_t"].sum(), periods)
    flows = flows.loc[flows.max(axis=1).sort_values(ascending=False, kind="stable").index]
    rest = flows.iloc[TOP_FLOWS:]
    return {
        "hubs": [[numbers[str(s)], t] for s, t in short(hubs) if str(s) in numbers],
        "flows": [[numbers[i], numbers[j], m, t] for (i, j, m), t in short(flows.iloc[:TOP_FLOWS])],
        "others": [[int((rest[t] > NOISE).sum()), round(float(rest[t].sum()))] for t in periods],
    }


def main_mode(mode: str, modes: list[str]) -> int:
    """Return the number of the mode of the main carriage of a chain, truck if none is known."""
    return next((n for n, name in enumerate(modes) if n and name in mode.partition(":")[0]), 0)


def wide(amounts: pd.Series, periods: list[int]) -> pd.DataFrame:
    """Return a column for each of `periods`; rows in which nothing ever happens are left out."""
    table = amounts.unstack("period").reindex(columns=periods).fillna(0.0)
    return table[(table > NOISE).any(axis=1)]


def short(table: pd.DataFrame) -> list[tuple[Any, list[float]]]:
    """Return the rows with four significant digits."""
    return [(key, [float(f"{t:.4g}") for t in row]) for key, row in
            zip(table.index, table.to_numpy(), strict=True)]  # fmt: skip


def technologies(found: Difference, numbers: dict[str, int]) -> dict[str, list[list[str]]]:
    """Return the words for the technologies at each site in either plan."""
    pairs = found.changes.index.to_frame(index=False)
    return {
        str(numbers[site]): [list(WORDS.get(g, (g, g))) for g in sorted(part["technology"])]
        for site, part in pairs.groupby("site")
        if site in numbers
    }
