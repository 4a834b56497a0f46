"""The catalogue: what each layer is, where it comes from, under which licence."""

import gzip
import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import rasters
import yaml
from files import CRS, replace_file

FILE = "catalog.yaml"
PUBLIC_DATA = "Public Data License 1.0 (Japan), attribution"
OWN = "CC BY 4.0"
FEDERAL = "public domain (work of the US government)"
COMPILED = "compiled from public pages; facts, each row names its page"
ESTAT = "https://www.e-stat.go.jp/"
GSI = "https://www.gsi.go.jp/kankyochiri/gm_jpn.html"
FIT = "https://www.fit-portal.go.jp/PublicInfoSummary"
MOE = "https://www.env.go.jp/recycle/"
METI_ECO_TOWN = "https://www.meti.go.jp/policy/recycle/main/3r_policy/policy/ecotown.html"
MLIT_PORT = "https://www.mlit.go.jp/kowan/kowan_tk4_000014.html"
SCGRAPH = "https://pypi.org/project/scgraph-data/"
PUB_151 = "https://github.com/kaklin/sea-routes"  # its text
LAND_MASK = "https://pypi.org/project/global-land-mask/"

# name: file ending, Japanese title, English title, source, url, licence, vintage
ENTRIES = {
    "municipalities": (
        "gpkg",
        "市区町村（役所の位置）",
        "Municipalities (points at their halls)",
        "e-Stat: 2020 census, land, tax and land-price statistics; PV from ANRE; electricity "
        "ANRE by prefecture, split inside it by population and building land (estimate)",
        ESTAT,
        PUBLIC_DATA,
        "2020-2024",
    ),
    "prefectures": (
        "gpkg",
        "都道府県（主たる陸地）",
        "Prefectures (main land mass only)",
        "outlines japanmap 0.6; e-Stat census; MLIT land prices; MHLW minimum wages",
        "https://pypi.org/project/japanmap/",
        f"outlines Apache-2.0; figures {PUBLIC_DATA}",
        "2020-2025",
    ),
    "ports": (
        "gpkg",
        "港湾",
        "Ports",
        "GSI Global Map Japan 2.2; class and cargo compiled",
        GSI,
        PUBLIC_DATA,
        "2016-2024",
    ),
    "eco_towns": (
        "gpkg",
        "エコタウン",
        "Eco-towns",
        "METI list of approvals; sites compiled",
        METI_ECO_TOWN,
        COMPILED,
        "1997-2006",
    ),
    "recycling_ports": (
        "gpkg",
        "リサイクルポート",
        "Recycling ports",
        "MLIT designations; cargo and berth depth compiled",
        MLIT_PORT,
        COMPILED,
        "2002-2011",
    ),
    "case_study_sites": (
        "gpkg",
        "12類型の事例地点",
        "Example sites of the twelve categories",
        "operators' public pages, named in each row",
        "",
        COMPILED,
        "2020-2028",
    ),
    "sinks": (
        "gpkg",
        "再生資源の需要先",
        "Sinks: works that take a material",
        "operators' public pages and trade press, named in each row",
        "",
        COMPILED,
        "2016-2029",
    ),
    "rail_stations": (
        "gpkg",
        "JR貨物駅",
        "JR freight stations",
        "compiled, position within about 1 km",
        "",
        COMPILED,
        "2024",
    ),
    "roads": (
        "graphml.gz",
        "道路網（幹線・フェリー）",
        "Road graph (trunk roads and car ferries)",
        "© OpenStreetMap contributors, via scgraph_data 2.0.0; ferries and links compiled",
        SCGRAPH,
        "ODbL 1.0",
        "2024",
    ),
    "rail_distance": (
        "csv",
        "貨物駅間の鉄道距離",
        "Rail distance between freight stations",
        "GSI Global Map rail lines, shortest path x 1.08",
        GSI,
        PUBLIC_DATA,
        "2016",
    ),
    "sea_distance": (
        "csv",
        "港湾間の海上距離",
        "Sea distance between ports",
        "shortest path over water on a 2.5 km grid",
        LAND_MASK,
        OWN,
        "2025",
    ),
    "port_services": (
        "csv",
        "港湾の定期航路（RORO・内航フィーダー・国際コンテナ）",
        "Scheduled services of ports (RORO, feeder, international container)",
        "operators, prefectures and trade press, named in each row",
        "",
        COMPILED,
        "1996-2025",
    ),
    "overseas_ports": (
        "csv",
        "海外の港",
        "Ports overseas",
        "PUB 151, Distances Between Ports; general knowledge",
        PUB_151,
        FEDERAL,
        "2001",
    ),
    "overseas_distance": (
        "csv",
        "海外の港までの海上距離",
        "Sea distance to ports overseas",
        "PUB 151, Distances Between Ports, and sea_distance.csv",
        PUB_151,
        f"figures of PUB 151 {FEDERAL}; the rest {OWN}",
        "2001",
    ),
    "generation": (
        "csv",
        "市区町村別の発生量（2025年）",
        "Waste arising by municipality, 2025",
        "national figures of associations and MOE x keys of e-Stat, METI, ANRE",
        MOE,
        OWN,
        "2025",
    ),
    "growth": (
        "csv",
        "発生量の将来指数",
        "Growth of the arisings to 2050",
        "published projections, own interpolation, named in each row",
        MOE,
        OWN,
        "2025-2050",
    ),
    "pv_waste": (
        "csv",
        "市区町村別の太陽光パネル排出量",
        "Solar panels at the end of life by municipality",
        "ANRE FIT/FIP list by year x Weibull life",
        FIT,
        OWN,
        "2025-2055",
    ),
    "land_fraction": (
        "tif",
        "陸地の割合",
        "Share of land",
        rasters.RASTERS["land_fraction"].source,
        LAND_MASK,
        "public domain (GLOBE); package MIT",
        "1999",
    ),
    "coast_distance": (
        "tif",
        "海岸からの距離",
        "Distance to the coast",
        rasters.RASTERS["coast_distance"].source,
        LAND_MASK,
        OWN,
        "1999",
    ),
    "heavy_rain": (
        "tif",
        "強い雨",
        "Heavy rain",
        rasters.RASTERS["heavy_rain"].source,
        "https://pypi.org/project/itur/",
        "ITU-R data, free to use; package MIT",
        "2017",
    ),
}
FIELDS = ("title_ja", "title_en", "source", "url", "licence", "vintage")
KINDS = {"gpkg": "vector", "graphml.gz": "graph", "csv": "table", "tif": "raster"}


def rows(path: Path, kind: str) -> int:
    """Return the number of features, rows, directed edges or cells with a value."""
    if kind == "vector":
        return int(pyogrio.read_info(path)["features"])
    if kind == "raster":
        return rasters.cells(path)
    if kind == "graph":
        return gzip.decompress(path.read_bytes()).count(b"<edge ")
    return len(pd.read_csv(path))


def entry(out: Path, name: str) -> dict[str, Any]:
    """Return the catalogue entry of one file."""
    ending, *texts = ENTRIES[name]
    path, kind = out / f"{name}.{ending}", KINDS[ending]
    fields = dict(zip(FIELDS, texts, strict=True))
    titles = {key: fields.pop(key) for key in ("title_ja", "title_en")}
    crs = None if kind == "table" else CRS
    found: dict[str, Any] = {"name": name, "file": path.name, "kind": kind} | titles
    found |= {"rows": rows(path, kind), "crs": crs} | fields
    return found | {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def write_catalog(out: Path) -> Path:
    """Write ``catalog.yaml`` for the files in `out`."""
    layers = [entry(out, name) for name in ENTRIES]
    text = yaml.safe_dump({"layers": layers}, allow_unicode=True, sort_keys=False, width=100)
    head = "# Written by data/build. One entry per file; licences are explained in LICENSES.md.\n"
    return replace_file(out / FILE, (head + text).encode())
