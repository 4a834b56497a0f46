"""What one run leaves behind: the value that tables, report and map are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from models.instance import Instance
    from models.plan import Plan


@dataclass(frozen=True)
class Provenance:
    """Where the figures come from and how they were made.

    Attributes
    ----------
    config_sha256 : str
        Of the study file as read.
    layer_sha256 : dict
        Layer file name to its sha256; empty for a study with inline tables.
    versions : dict
        Package name to version: siting, python, pyomo, highspy, ...
    model : str
        In plain words, which model was solved (arcs kept, periods, modes).
    notes : list
        What the plan does not know, and what was measured on the way, in plain words.
    credits : list
        Credit lines the licences of the layers ask for.
    """

    config_sha256: str
    layer_sha256: dict[str, str]
    versions: dict[str, str]
    model: str
    notes: list[str]
    credits: list[str]


@dataclass(frozen=True)
class Timing:
    """How long the run took and the memory it needed."""

    build_s: float
    solve_s: float
    peak_rss_mib: float


@dataclass(frozen=True)
class Outcome:
    """One study, its numbers, its plan.

    Attributes
    ----------
    places : node
        kind (source, site, sink), name_ja, name_en, pref_ja, lat, lon, detail, confidence.
    assumptions : DataFrame
        One row per number used: table, name, value, unit, low, high, source, confidence.
    outlines : GeoDataFrame or None
        Prefecture outlines (EPSG:4326; pref_code, name_ja, name_en), if the layers are at hand.
    """

    study: str
    title_ja: str
    title_en: str
    instance: Instance
    plan: Plan
    places: pd.DataFrame
    assumptions: pd.DataFrame
    outlines: gpd.GeoDataFrame | None
    provenance: Provenance
    timing: Timing
