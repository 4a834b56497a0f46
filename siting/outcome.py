"""What one run leaves behind: the value that tables, report and map are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    layer_vintage : dict
        Title of a layer, ``Japanese / English``, to the year or years its data speak of.
    """

    config_sha256: str
    layer_sha256: dict[str, str]
    versions: dict[str, str]
    model: str
    notes: list[str]
    credits: list[str]
    layer_vintage: dict[str, str] = field(default_factory=dict)


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
        kind (source, site, sink, port, station), name_ja, name_en, pref_ja, lat, lon, detail,
        confidence.
    legs : (origin, destination, mode, commodity, leg)
        How each arc of the plan travels, one row per leg in order (0, 1, ...): kind
        (``preparation``, ``haul``, ``handling``, ``line``), leg_mode (``truck``, ``rail``,
        ``ship``; empty where nothing moves), vehicle, form, from_node, to_node, distance_km,
        hours, cost_jpy_per_t, kgco2e_per_t, mj_per_t (energy), driver_h_per_t, each summing over
        the legs of an arc to the arc's own; lot_t (a full load of the vehicle of a line). A
        haul is by truck to or from a terminal; a line is the main carriage: between terminals,
        or door to door by truck.
    assumptions : DataFrame
        One row per number used: table, name, value, unit, low, high, source, confidence.
    outlines : GeoDataFrame or None
        Prefecture outlines (EPSG:4326; pref_code, name_ja, name_en), if the layers are at hand.
    case : int or None
        Number of the ministry's case (1 to 12) that the study answers.
    scenario : str or None
        Scenario of the study that was solved; None for the study as it stands.
    eco_towns : DataFrame or None
        The approved eco-towns (id; name_ja, name_en, lat, lon), if the layers are at hand.
    regrets : site
        What the plan with the site forced in costs more: low_jpy and high_jpy, between which it is
        proven to lie, found_jpy of the plans found; if they were asked for.
    """

    study: str
    title_ja: str
    title_en: str
    instance: Instance
    plan: Plan
    places: pd.DataFrame
    legs: pd.DataFrame
    assumptions: pd.DataFrame
    outlines: gpd.GeoDataFrame | None
    provenance: Provenance
    timing: Timing
    case: int | None = None
    scenario: str | None = None
    eco_towns: pd.DataFrame | None = None
    regrets: pd.DataFrame | None = None

    @property
    def imported(self) -> pd.Series:
        """Return whether each (source, commodity, period) of the plan is an import.

        Imports are the supply that counts towards no target.
        """
        counts = self.instance.supply["counts_to_target"].reindex(self.plan.sources.index)
        return counts.fillna(1.0) == 0


@dataclass(frozen=True)
class Comparison:
    """One study solved with several sets of modes, and what every mode would ask on its lanes.

    Attributes
    ----------
    runs : dict
        Modes on offer, joined by ``+`` and in this order (``truck``, ``truck+rail``,
        ``truck+ship``, ``truck+rail+ship``), to the outcome of that run.
    offers : (origin, destination, commodity, mode)
        Door-to-door offer of every mode on every lane used by any run, the modes not chosen
        included: distance_km, hours, cost_jpy_per_t, kgco2e_per_t, mj_per_t, driver_h_per_t.
    legs : (origin, destination, mode, commodity, leg)
        The legs of every offer, as in ``Outcome.legs``.
    curves : (commodity, form, vehicle, distance_km)
        mode, cost_jpy_per_t: cost of a tonne over the road distance, for the break-even chart.
    crossings : (commodity, form, vehicle, other)
        distance_km: road distance from which `other` is the cheaper [km].
    """

    runs: dict[str, Outcome]
    offers: pd.DataFrame
    legs: pd.DataFrame
    curves: pd.DataFrame
    crossings: pd.DataFrame
