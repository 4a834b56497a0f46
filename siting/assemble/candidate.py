"""Candidate sites: the points of layers and the sites a planner adds, each once and on land."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.assemble.place import (
    find_place,
    prefectures_by_name,
    sites_by_point,
    unknown_names,
)
from siting.config_number import meant
from siting.errors import tried
from siting.layers.land import distance_to_land_km
from siting.network.road import on_sphere

if TYPE_CHECKING:
    from siting.config import CandidateSite, Config, Fault, Study
    from siting.layers import Layers

COLUMNS = [
    "name_ja", "name_en", "pref_code", "pref_ja", "muni_code", "detail", "confidence", "case"
]  # fmt: skip


def candidate_sites(config: Config, study: Study, layers: Layers) -> tuple[pd.DataFrame, list[str]]:
    """Return the candidates and what was merged.

    Returns
    -------
    sites : index site; name_ja, name_en, pref_code, pref_ja, muni_code, detail (where it comes
        from), confidence, case (number of the ministry's case study that names it, else 0), lat,
        lon, technologies, points (ids of the candidates it stands for)
    notes : one sentence per merged site
    """
    numbers = range(len(study.candidates.sites))
    added = tried(partial(added_site, config, number, layers) for number in numbers)
    listed_sites = [layer_sites(layers, name) for name in study.candidates.layers]
    sites = pd.concat([*listed_sites, pd.DataFrame(added)], ignore_index=True)
    refuse_twins(config, study, sites)
    refuse_sea(config, study, layers, sites)
    sites, notes = merged_sites(sites, study.candidates.merge_within_km)
    sites = sites.set_index("site").sort_index()
    return chosen_sites(config, study, layers, sites), notes


def chosen_sites(config: Config, study: Study, layers: Layers, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the `sites` to which the study restricts itself, by their ids or prefectures.

    A site that the study itself adds stays.

    Raises
    ------
    ConfigError
        For every name that is neither a candidate nor a prefecture, and if no site is left.
    """
    only = study.candidates.only
    if only is None:
        return sites
    home, codes = sites_by_point(sites), prefectures_by_name(layers)
    if found := unknown_names(("candidates", "only"), only, [*codes, *home], "site or prefecture"):
        raise config.faults(found)
    named = sites.index.isin([home[name] for name in only if name in home])
    inside = sites["pref_code"].isin([codes[name] for name in only if name in codes])
    kept = sites[named | inside | (sites["detail"] == "study")]
    if kept.empty:
        raise config.fault(("candidates", "only"), "no candidate lies there. Name other places.")
    return kept


def layer_sites(layers: Layers, name: str) -> pd.DataFrame:
    """Return the points of one layer as candidates."""
    layer = getattr(layers, name)
    table = pd.DataFrame(layer.drop(columns="geometry"))
    if name == "eco_towns":
        table["name_ja"], table["name_en"] = eco_town_names(table)
    table["lat"], table["lon"] = layer.geometry.y, layer.geometry.x
    table["detail"], table["technologies"] = name, None
    table["case"] = table["category_no"] if name == "case_study_sites" else 0
    table["site"] = layer.index
    return table[["site", *COLUMNS, "lat", "lon", "technologies"]].reset_index(drop=True)


def eco_town_names(towns: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return names that say which place is meant: many plans are a whole prefecture's."""
    pairs = zip(towns["name_ja"], towns["municipality_ja"], strict=True)
    names_ja = [
        f"{name if 'エコタウン' in name else name + 'エコタウン'}"
        f"{'' if town in name else f'({town})'}"
        for name, town in pairs
    ]
    return names_ja, [f"{name} eco-town" for name in towns["name_en"]]


def added_site(config: Config, number: int, layers: Layers) -> dict[str, object]:
    """Return a site of the study as a row, placed by coordinates, municipality or port."""
    loc = ("candidates", "sites", number)
    site: CandidateSite = config.study.candidates.sites[number]  # type: ignore[union-attr]
    lat, lon, code = site_place(config, loc, site, layers)
    town = layers.municipalities.loc[code]
    name_ja = site.name_ja or site.id
    return {
        "site": site.id,
        "name_ja": name_ja,
        "name_en": site.name_en or name_ja,
        "pref_code": town["pref_code"],
        "pref_ja": town["pref_ja"],
        "muni_code": code,
        "detail": "study",
        "confidence": "study",
        "case": 0,
        "lat": lat,
        "lon": lon,
        "technologies": known_technologies(config, loc, site),
    }


def site_place(
    config: Config, loc: tuple[str | int, ...], site: CandidateSite, layers: Layers
) -> tuple[float, float, str]:
    """Return latitude, longitude and municipality of a site of the study."""
    if site.municipality is not None:
        code = site.municipality
        if code not in layers.municipalities.index:
            raise config.fault((*loc, "municipality"), code_fault(code, layers))
        hall = layers.municipalities.geometry[code]
        return hall.y, hall.x, code
    if site.port is not None:
        port = layers.ports.iloc[
            find_place(config, (*loc, "port"), site.port, layers.ports, "port")
        ]
        return port.geometry.y, port.geometry.x, str(port["muni_code"])
    halls = layers.municipalities.geometry
    lat, lon = float(site.lat or 0), float(site.lon or 0)
    distance = on_sphere(halls.y.to_numpy(), halls.x.to_numpy()) - on_sphere(
        np.array([lat]), np.array([lon])
    )
    return lat, lon, str(halls.index[np.linalg.norm(distance, axis=1).argmin()])


def code_fault(code: str, layers: Layers) -> str:
    """Return what is wrong with the municipality `code`."""
    plain = meant(code).strip("“”‘’")
    padded = plain.zfill(5)
    if plain != code and padded in layers.municipalities.index:
        return f'municipality "{code}" is in full-width characters. Write "{padded}".'
    if len(code) < 5 and padded in layers.municipalities.index:
        name = layers.municipalities.loc[padded, "name_ja"]
        return f'municipality "{code}" lost its leading zero. Write "{padded}" ({name}).'
    return f'municipality "{code}" is unknown, expected a five-digit JIS code of 2024.'


def known_technologies(
    config: Config, loc: tuple[str | int, ...], site: CandidateSite
) -> list[str] | None:
    """Return the technologies of a site, refusing those the study does not have."""
    known = list(config.study.technologies)  # type: ignore[union-attr]
    names = (*loc, "technologies")
    if found := unknown_names(names, site.technologies or [], known, "technology"):
        raise config.faults(found)
    return site.technologies


def refuse_twins(config: Config, study: Study, sites: pd.DataFrame) -> None:
    """Refuse a site of the study whose id another candidate already has."""
    first = len(sites) - len(study.candidates.sites)
    found = [
        (
            ("candidates", "sites", int(row) - first, "id"),
            f"site id '{sites['site'].iloc[row]}' is taken. Choose another.",
        )
        for row in np.flatnonzero(sites["site"].duplicated())
    ]
    if found:
        raise config.faults(found)


def refuse_sea(config: Config, study: Study, layers: Layers, sites: pd.DataFrame) -> None:
    """Refuse candidates that lie in the sea, all in one message."""
    tolerance_km = study.candidates.sea_tolerance_km
    off_km = distance_to_land_km(layers.folder, sites["lat"].to_numpy(), sites["lon"].to_numpy())
    found: list[Fault] = []
    first = len(sites) - len(study.candidates.sites)
    for row in np.flatnonzero(off_km > tolerance_km):
        site = sites.iloc[row]
        text = (
            f"candidate '{site['site']}' (lat {site['lat']:g}, lon {site['lon']:g}) lies "
            f"in the sea, {off_km[row]:.0f} km from land, expected at most {tolerance_km:g} km. "
            "Correct its coordinates."
        )
        found.append((("candidates", "sites", int(row) - first), text))
    if found:
        raise config.faults(found)


def merged_sites(sites: pd.DataFrame, within_km: float) -> tuple[pd.DataFrame, list[str]]:
    """Return `sites` without those near an earlier one, and a sentence for each left out.

    A site stands for all its ``points``; the case it belongs to is the first that names one.
    """
    places = on_sphere(sites["lat"].to_numpy(), sites["lon"].to_numpy())
    points: dict[int, list[int]] = {}
    notes = []
    for row, place in enumerate(places):
        near = [k for k in points if np.linalg.norm(places[k] - place) <= within_km]
        if near:
            points[near[0]].append(row)
            notes.append(merger_note(sites.iloc[near[0]], sites.iloc[row]))
        else:
            points[row] = [row]
    kept = sites.iloc[list(points)]
    ids = [[str(sites["site"].iloc[row]) for row in rows] for rows in points.values()]
    cases = [next(filter(None, sites["case"].iloc[rows]), 0) for rows in points.values()]
    return kept.assign(points=pd.Series(ids, index=kept.index), case=cases), notes


def merger_note(first: pd.Series, second: pd.Series) -> str:
    """Return the sentence that the site `second` is counted as `first`."""
    return (
        f"{second['site']}({second['name_ja']})は{first['site']}({first['name_ja']})と"
        f"同じ場所として扱う。 / {second['site']} ({second['name_en']}) is counted as the "
        f"same site as {first['site']} ({first['name_en']})."
    )
