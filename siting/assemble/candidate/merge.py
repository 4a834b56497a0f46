"""Candidates at the same place are one, and none lies in the sea."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.config_candidate import SiteTerms
from siting.layers.land import distance_to_land_km
from siting.network.road import on_sphere

if TYPE_CHECKING:
    from siting.config import Config, Fault, Study
    from siting.layers import Layers


def refuse_twins(config: Config, sites: pd.DataFrame) -> None:
    """Refuse the sites of the study whose id another candidate already has."""
    names, own = sites["site"], sites["own"]
    taken = own & (names.duplicated() | names.isin(names[~own]))
    found = [
        ((*sites["loc"].iloc[row], "id"),
         f"site id '{names.iloc[row]}' is taken. Choose another.")
        for row in np.flatnonzero(taken)
    ]  # fmt: skip
    if found:
        raise config.faults(found)


def refuse_sea(config: Config, study: Study, layers: Layers, sites: pd.DataFrame) -> None:
    """Refuse candidates that lie in the sea, all in one message."""
    tolerance_km = study.candidates.sea_tolerance_km
    off_km = distance_to_land_km(layers.folder, sites["lat"].to_numpy(), sites["lon"].to_numpy())
    found: list[Fault] = []
    for row in np.flatnonzero(off_km > tolerance_km):
        site = sites.iloc[row]
        text = (
            f"candidate '{site['site']}' (lat {site['lat']:g}, lon {site['lon']:g}) lies "
            f"in the sea, {off_km[row]:.0f} km from land, expected at most {tolerance_km:g} km. "
            "Correct its coordinates."
        )
        found.append((site["loc"], text))
    if found:
        raise config.faults(found)


def merged_sites(sites: pd.DataFrame, within_km: float) -> tuple[pd.DataFrame, list[str]]:
    """Return `sites` without those near an earlier one, and a sentence on those left out.

    A site stands for all its ``points``; the case it belongs to is the first that names one.
    """
    places = on_sphere(sites["lat"].to_numpy(), sites["lon"].to_numpy())
    points: dict[int, list[int]] = {}
    pairs = []
    for row, place in enumerate(places):
        near = [k for k in points if np.linalg.norm(places[k] - place) <= within_km]
        if near:
            points[near[0]].append(row)
            pairs.append(f"{sites['site'].iloc[row]}={sites['site'].iloc[near[0]]}")
        else:
            points[row] = [row]
    kept = sites.iloc[list(points)]
    ids = [[str(sites["site"].iloc[row]) for row in rows] for rows in points.values()]
    cases = [next(filter(None, sites["case"].iloc[rows]), 0) for rows in points.values()]
    return kept.assign(points=pd.Series(ids, index=kept.index), case=cases), merger_notes(pairs)


def refuse_lost_terms(config: Config, sites: pd.DataFrame, kept: pd.DataFrame) -> None:
    """Refuse to merge a site with terms of its own into another: they would be lost.

    Raises
    ------
    ConfigError
        With every such site.
    """
    unsaid = SiteTerms().model_dump()
    lost = sites[~sites.index.isin(kept.index)]
    home = {
        point: site for site, own in zip(kept["site"], kept["points"], strict=True) for point in own
    }
    found = [
        (
            site["loc"],
            f"site '{site['site']}' has terms of its own and counts as the same place as "
            f"'{home[site['site']]}'. Give them to that one, or lower merge_within_km.",
        )
        for _, site in lost.iterrows()
        if any(key in site and differs(site[key], value) for key, value in unsaid.items())
    ]
    if found:
        raise config.faults(found)


def differs(value: object, unsaid: object) -> bool:
    """Return whether a term says something."""
    return value is not None and value != unsaid and value == value  # noqa: PLR0124 - NaN


def merger_notes(pairs: list[str]) -> list[str]:
    """Return the sentence on the sites that count as another, given as ``merged=kept``."""
    named = ", ".join(pairs)
    text_ja = f"候補地{len(pairs)}件は近くの候補地と同じ場所として扱う({named})。"
    text_en = f"Candidates counted as the same site as one nearby: {len(pairs)} ({named})."
    return [f"{text_ja} / {text_en}"] if pairs else []
