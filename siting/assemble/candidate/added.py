"""A site that the planner adds, where the study says it lies."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from siting.assemble.place import find_place, name_fault
from siting.config_candidate import SiteTerms
from siting.config_number import meant
from siting.network.road import on_sphere

if TYPE_CHECKING:
    from siting.config import Config
    from siting.config_candidate import CandidateSite
    from siting.layers import Layers
    from siting.yaml_place import Loc

LAYER_OF = {
    "port": ("ports", "port"),
    "eco_town": ("eco_towns", "eco-town"),
    "case_study_site": ("case_study_sites", "case-study site"),
}
"""Way to place a site to the layer of such places, and what one is called."""


def added_site(config: Config, loc: Loc, site: CandidateSite, layers: Layers) -> dict[str, object]:
    """Return a site of the study, or of a file, as a row.

    A site at an eco-town is priced as one: its ground is ready.
    """
    lat, lon, code = site_place(config, loc, site, layers)
    known_technologies(config, loc, site)
    town = layers.municipalities.loc[code]
    name_ja = site.name_ja or site.id
    terms = {key: getattr(site, key) for key in SiteTerms.model_fields}
    return {
        "site": site.id,
        "name_ja": name_ja,
        "name_en": site.name_en or name_ja,
        "pref_code": town["pref_code"],
        "pref_ja": town["pref_ja"],
        "muni_code": code,
        "detail": "study" if site.eco_town is None else "eco_towns",
        "confidence": "study",
        "case": 0,
        "lat": lat,
        "lon": lon,
        "own": True,
    } | terms


def site_place(
    config: Config, loc: Loc, site: CandidateSite, layers: Layers
) -> tuple[float, float, str]:
    """Return latitude, longitude and municipality of a site of the study."""
    if site.municipality is not None:
        code = municipality_code(config, (*loc, "municipality"), site.municipality, layers)
        hall = layers.municipalities.geometry[code]
        return hall.y, hall.x, code
    for key, (name, kind) in LAYER_OF.items():
        if (named := getattr(site, key)) is not None:
            table = getattr(layers, name)
            place = table.iloc[find_place(config, (*loc, key), named, table, kind)]
            return place.geometry.y, place.geometry.x, str(place["muni_code"])
    halls = layers.municipalities.geometry
    lat, lon = float(site.lat or 0), float(site.lon or 0)
    distance = on_sphere(halls.y.to_numpy(), halls.x.to_numpy()) - on_sphere(
        np.array([lat]), np.array([lon])
    )
    return lat, lon, str(halls.index[np.linalg.norm(distance, axis=1).argmin()])


def municipality_code(config: Config, loc: Loc, named: str, layers: Layers) -> str:
    """Return the code of the municipality that a study names by code or name.

    Raises
    ------
    ConfigError
        If there is none, or several are called so.
    """
    towns = layers.municipalities
    if named in towns.index:
        return named
    if meant(named).strip("“”‘’").isdigit():
        raise config.fault(loc, code_fault(named, layers))
    called = (towns["name_ja"] == named) | (towns["name_en"].str.lower() == named.lower())
    codes = list(towns.index[called])
    if len(codes) == 1:
        return str(codes[0])
    if codes:
        listed = ", ".join(f'"{code}" {towns.loc[code, "pref_ja"]}' for code in codes)
        raise config.fault(loc, f"municipality '{named}' is ambiguous: {listed}. Give the code.")
    names = [*towns["name_ja"], *towns["name_en"]]
    near = get_close_matches(named, names, n=1, cutoff=0.6)
    hint = f"Did you mean '{near[0]}'?" if near else "Give its five-digit JIS code in quotes."
    raise config.fault(loc, f"municipality '{named}' is unknown. {hint}")


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


def known_technologies(config: Config, loc: Loc, terms: SiteTerms) -> None:
    """Refuse a technology that the study does not have in the terms of a site.

    Raises
    ------
    ConfigError
        With every such technology.
    """
    known = list(config.study.technologies)  # type: ignore[union-attr]
    places = [((*loc, "technologies", i), name) for i, name in enumerate(terms.technologies or [])]
    places += [((*loc, "existing_t_per_yr", name), name) for name in terms.existing_t_per_yr]
    places += [((*loc, "must_open", i), must.technology) for i, must in enumerate(terms.must_open)]
    found = [
        (place, fault) for place, name in places if (fault := name_fault(name, known, "technology"))
    ]
    if found:
        raise config.faults(found)
