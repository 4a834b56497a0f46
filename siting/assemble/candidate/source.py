"""Candidates of layers, and of files that a planner drew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import ValidationError
from pyogrio.errors import DataSourceError
from pyproj import Geod

from siting.assemble.candidate.added import added_site
from siting.config_candidate import CandidateSite, SiteTerms
from siting.errors import LayerError, listed
from siting.layers.where import matching

if TYPE_CHECKING:
    from pathlib import Path

    from siting.config import Config, Study
    from siting.config_candidate import Source
    from siting.layers import Layers
    from siting.yaml_place import Loc

COLUMNS = [
    "name_ja", "name_en", "pref_code", "pref_ja", "muni_code", "detail", "confidence", "case"
]  # fmt: skip

TERMS = list(SiteTerms.model_fields)
"""Columns of what holds at one site and not at others."""

CRS = "EPSG:4326"


def source_sites(config: Config, study: Study, layers: Layers, number: int) -> pd.DataFrame:
    """Return the candidates of one source of the study."""
    source, loc = study.candidates.sources[number], ("candidates", "from", number)
    try:
        if source.file is not None:
            return drawn_sites(config, layers, source, loc)
        return layer_sites(study, layers, source)
    except LayerError as fault:
        raise config.fault(loc, str(fault)) from None


def layer_sites(study: Study, layers: Layers, source: Source) -> pd.DataFrame:
    """Return the points of one layer as candidates, with the terms the study sets for them.

    Raises
    ------
    LayerError
        If no feature matches, or the sites of a screening are asked for before there is one.
    """
    name = str(source.layer)
    layer = getattr(layers, name)
    if layer is None:
        raise LayerError("the land is not screened yet. Run `siting run` or `siting screen`.")
    layer = matching(layer, source.where, name)
    table = pd.DataFrame(layer.drop(columns="geometry"))
    if name == "eco_towns":
        table["name_ja"], table["name_en"] = eco_town_names(table)
    if name == "municipalities":
        table["muni_code"] = table.index
    table["lat"], table["lon"] = layer.geometry.y, layer.geometry.x
    table["detail"], table["own"] = name, False
    table["case"] = table["category_no"] if name == "case_study_sites" else 0
    table["site"] = layer.index
    terms = [study.candidates.terms.get(str(site), SiteTerms()) for site in layer.index]
    for key in TERMS:
        table[key] = pd.Series([getattr(one, key) for one in terms], table.index, dtype=object)
    return table[["site", *COLUMNS, "lat", "lon", "own", *TERMS]].reset_index(drop=True)


def eco_town_names(towns: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return names that say which place is meant: many plans are a whole prefecture's."""
    pairs = zip(towns["name_ja"], towns["municipality_ja"], strict=True)
    names_ja = [
        f"{name if 'エコタウン' in name else name + 'エコタウン'}"
        f"{'' if town in name else f'({town})'}"
        for name, town in pairs
    ]
    return names_ja, [f"{name} eco-town" for name in towns["name_en"]]


def drawn_sites(config: Config, layers: Layers, source: Source, loc: Loc) -> pd.DataFrame:
    """Return the features of a file as candidates.

    Raises
    ------
    ConfigError
        With every feature that is no site.
    LayerError
        If the file cannot be read.
    """
    path = config.path.parent / str(source.file)
    frame = matching(read_drawn(path), source.where, path.name)
    rows, faults = [], []
    for number, (_, feature) in enumerate(frame.iterrows(), start=1):
        try:
            site = CandidateSite.model_validate(feature_settings(feature, path.stem, number))
            rows.append(added_site(config, loc, site, layers))
        except (ValidationError, ValueError) as error:
            faults.append(f"feature {number}: {told(error)}.")
    if faults:
        raise LayerError(listed(path.name, faults))
    return pd.DataFrame(rows)


def told(error: Exception) -> str:
    """Return what is wrong with a feature, in one line."""
    if not isinstance(error, ValidationError):
        return str(error).rstrip(".")
    parts = [
        f"{'.'.join(map(str, one['loc'])) or 'it'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors()
    ]
    return "; ".join(parts)


def read_drawn(path: Path) -> pd.DataFrame:
    """Return the features of a GeoPackage, GeoJSON or CSV with lat and lon [degree] of each.

    An area becomes a point in it, and is a plot of its size unless the file says another.
    """
    if not path.is_file():
        raise LayerError(f"{path.name}: there is no such file beside the study. Correct the name.")
    if path.suffix.lower() == ".csv":
        return read_points(path)
    try:
        frame = gpd.read_file(path)
    except DataSourceError as error:
        raise LayerError(f"{path.name}: cannot be read ({error}). Save it as GeoPackage.") from None
    if frame.crs is None:
        raise LayerError(f"{path.name}: it has no CRS, and none is assumed. Set it in QGIS.")
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty].to_crs(CRS)
    if frame.empty:
        raise LayerError(f"{path.name}: there is no feature in it. Draw one.")
    points = frame.geometry.representative_point()
    table = pd.DataFrame(frame.drop(columns="geometry")).assign(lat=points.y, lon=points.x)
    area_m2 = [abs(Geod(ellps="GRS80").geometry_area_perimeter(one)[0]) for one in frame.geometry]
    drawn = pd.Series(area_m2, frame.index).where(lambda area: area > 0)
    said = pd.to_numeric(table["plot_m2"], errors="coerce") if "plot_m2" in table else drawn
    return table.assign(plot_m2=said.fillna(drawn))


def read_points(path: Path) -> pd.DataFrame:
    """Return a CSV of sites, every cell as text."""
    try:
        return pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        text = f"{path.name}: cannot be read ({error}), expected a CSV in UTF-8."
        raise LayerError(f"{text} Save it again.") from None


def feature_settings(feature: pd.Series, stem: str, number: int) -> dict[str, Any]:
    """Return the settings of a site that a feature's columns say.

    Lists are separated by ``;``, ``existing_t_per_yr`` is written technology:t, and ``must_open``
    technology:size or technology:size:year.
    """
    said: dict[str, Any] = {"id": f"{stem}-{number}".replace(" ", "_")}
    for key in CandidateSite.model_fields:
        value = feature.get(key)
        if key not in feature.index or np.all(pd.isna(value)) or value in {"", None}:
            continue
        said[key] = value if not isinstance(value, str) else cell(key, value.strip())
    return said


def cell(key: str, text: str) -> Any:
    """Return the text of a column as the setting `key` wants it."""
    if key in {"technologies", "sizes"}:
        return [part.strip() for part in text.split(";")]
    if key == "existing_t_per_yr":
        return json.loads(text) if text.startswith("{") else dict(split(text, 2))
    if key == "must_open":
        names = ("technology", "size", "from")
        return [dict(zip(names, part, strict=False)) for part in split(text, None)]
    return text


def split(text: str, parts: int | None) -> list[list[str]]:
    """Return ``a:b;c:d`` as pairs, refusing what has not so many `parts`."""
    found = [[word.strip() for word in item.split(":")] for item in text.split(";")]
    if odd := [item for item in found if parts is not None and len(item) != parts]:
        raise ValueError(f"'{':'.join(odd[0])}' is not technology:t")
    return found
