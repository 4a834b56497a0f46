"""Where the figures of a plan come from, how they were made, and what they do not know."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from siting.config import Study
from siting.outcome import Provenance
from siting.text import word

if TYPE_CHECKING:
    from models.plan import Plan
    from siting.assemble import Assembled
    from siting.config import Config, InlineStudy
    from siting.layers import Layers

PACKAGES = ("pyomo", "highspy", "osmnx", "geopandas", "pandas", "numpy", "scipy", "folium")

CREDITS = {
    "roads.graphml.gz": "道路網 / road graph: © OpenStreetMap contributors (ODbL 1.0)",
    "ports.gpkg": "港湾 / ports: 国土地理院 地球地図日本 (GSI Global Map Japan)",
    "municipalities.gpkg": "市区町村統計 / municipal figures: 総務省統計局 e-Stat",
    "pv_waste.csv": "太陽光設備 / solar capacity: 資源エネルギー庁 FIT・FIP 公表情報 (ANRE)",
    "prefectures.gpkg": "県境 / prefecture outlines: japanmap (Apache-2.0)",
    "land_fraction.tif": "陸域 / land mask: global-land-mask (GLOBE)",
}
"""Layer file to the line its licence asks for."""

UNKNOWN = [
    "施設費は、公表値と記したもの以外はクラス5の概算(-40/+80 %)。 / "
    "Facility costs are class-5 estimates (-40/+80 %) except where marked published.",
    "需要家の受入量の多くは編集値で、ペレット・ガラス・金属は受入上限が不明のまま売れるとした。 / "
    "Demand is mostly compiled; pellets, glass and metals sell without a known limit.",
    "RORO船・内航コンテナ船は、寄港する港どうしに便があるとした(コンテナは一端が国際戦略港湾)。"
    "実際の航路・便数・空きは確かめていない。 / "
    "RORO ships and feeders are assumed between any two ports that they serve (feeders with one "
    "end at an international strategic port); actual lines, sailings and space are not checked.",
    "ばら積み船は1回の積荷が30日以内にたまる港からとした。輸送は年間の平均で、季節の波は見ていない。"
    " / Bulk ships sail from ports where a hold fills within 30 days; flows are yearly means.",
    "道路距離は主要道の簡略網により、公表の道路距離と多くは7 %以内で一致する。 / "
    "Road lengths come from a simplified trunk network, mostly within 7 % of tabulated ones.",
    "目標達成に要する上乗せ額は最後の1 tに要る額で、各1 tに要る額ではない。 / "
    "Fees are what the last tonne needs, not what each tonne needs.",
]
"""What no plan of this version knows."""

CO2_METHOD = {
    "conventional": (
        "輸送のCO2は従来トンキロ法(全国平均の原単位、空車回送込み)で数えた。 / "
        "Emissions of transport are by the tonne-kilometre method: national means, empty runs "
        "included."
    ),
    "improved": (
        "輸送のCO2は改良トンキロ法(トラックは積載率と最大積載量、空車は燃費法)で数えた。 / "
        "Emissions of transport are by the improved tonne-kilometre method: trucks by load factor "
        "and payload, empty runs by fuel economy."
    ),
}
"""The method of the study in words."""

PLANTS = {
    True: (
        "既存施設は個別事例の拠点の公表分だけを数え、設置費は支出済みとした。ほかの既存"
        "リサイクル施設は表にない。 / "
        "Of existing plants those published for the case-study sites stand, their opening paid "
        "for; other recyclers are not in the tables."
    ),
    False: (
        "既存施設はないものとし、すべてのラインを新設として計算した。 / "
        "No existing plant is counted: every line is new."
    ),
}
"""Whether existing plants stand, in words."""

FINANCE = {
    "annuity": (
        "設置費は動く年ごとの年賦で数え、期末の残存価値は数えない。 / "
        "Opening is paid by an annuity in every year a line runs; nothing is left to salvage."
    ),
    "salvage": (
        "設置費は開設時に全額を数え、期末の残存価値を差し引いた。 / "
        "Opening is paid at once, less the value that is left at the end of the horizon."
    ),
}
"""How opening is paid, in words."""


def provenance(
    config: Config, layers: Layers | None, assembled: Assembled, plan: Plan
) -> Provenance:
    """Return where the figures of a plan come from."""
    return Provenance(
        config_sha256=config.sha256,
        layer_sha256=layers.sha256 if layers else {},
        versions=versions(),
        model=model_in_words(assembled, plan),
        notes=[*(UNKNOWN if layers else []), *methods(config.study), *assembled.notes],
        layer_vintage=vintages(layers) if layers else {},
        credits=[line for file, line in CREDITS.items() if layers and file in layers.sha256],
    )


def vintages(layers: Layers) -> dict[str, str]:
    """Return the title of each layer in both languages and the years it speaks of."""
    from siting.layers.catalog import read_catalog

    entries = read_catalog(layers.folder).layers
    return {f"{entry.title_ja} / {entry.title_en}": entry.vintage for entry in entries}


def methods(study: Study | InlineStudy) -> list[str]:
    """Return the sentences on what the study chose: emissions, plants, finance, imports, levers."""
    if not isinstance(study, Study):
        return []
    said = [CO2_METHOD[study.transport.co2_method], PLANTS[study.existing], FINANCE[study.finance]]
    return [*said, imports_in_words(study), *levers_in_words(study)]


def imports_in_words(study: Study) -> str:
    """Say which commodities are imported."""
    if not study.imports:
        return "輸入は見込んでいない。 / No imports are counted."
    japanese = "・".join(word(k, "ja") for k in study.imports)
    english = ", ".join(word(k, "en") for k in study.imports)
    return f"輸入を見込む品目: {japanese}。 / Imports are counted for: {english}."


def levers_in_words(study: Study) -> list[str]:
    """Say which policy levers are pulled, if any."""
    levers = ", ".join(study.levers)
    return [f"効かせた政策手段: {levers}。 / Policy levers pulled: {levers}."] if levers else []


def model_in_words(assembled: Assembled, plan: Plan) -> str:
    """Say which model was solved, and what its bound covers."""
    data = assembled.instance
    sources = data.supply.index.unique("source").size
    held = int(plan.bounds["core_arcs"].sum())
    sites, sinks = (data.hubs.index.unique("site").size, data.sinks.index.unique("sink").size)
    return (
        f"発生源{sources:,}、候補地{sites:,}、需要家{sinks:,}、{len(data.periods)}期、"
        f"互いに独立な{len(plan.bounds)}つの部分からなる混合整数計画(Pyomo・HiGHS)。計画は各期"
        f"{len(data.arcs):,}の輸送可能な組のうち{held:,}組を用い、下界は残りの組もすべて値付けした"
        "線形緩和による。よって、すべての組を使う計画に対しても成り立つ。発生源をまとめるのはライン数を"
        "探す間だけで、計画と費用は個々の発生源で計算した。 / "
        f"{sources:,} sources, {sites:,} candidate sites, {sinks:,} sinks, "
        f"{len(data.periods)} periods; a mixed-integer model in {len(plan.bounds)} independent "
        f"part(s) (Pyomo, HiGHS). The plan uses {held:,} of {len(data.arcs):,} arcs per period; "
        "the bound is the linear relaxation with every other arc priced by its reduced cost, and "
        "so holds for plans on all of them. Sources are clustered only while lines are searched "
        "for; the plan and its cost are those of every single source."
    )


def versions() -> dict[str, str]:
    """Return the versions of what made the plan."""
    found = {"python": platform.python_version()}
    for name in ("siting", *PACKAGES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            from siting import __version__

            found[name] = __version__
    return found
