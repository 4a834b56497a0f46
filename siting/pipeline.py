"""The chain of a study: config -> layers -> network -> instance -> plan -> files."""

from __future__ import annotations

import platform
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from siting.config import Config, InlineStudy, Study, read_config
from siting.errors import ConfigError, MissingDataError, SitingError
from siting.outcome import Outcome, Provenance, Timing

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from models.plan import Plan
    from siting.assemble import Assembled
    from siting.layers import Layers
    from siting.solve import Effort

    Progress = Callable[[str], None]

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
    "個別事例の拠点以外の既存リサイクル施設は表になく、すべてのラインを新設として計算した。 / "
    "Existing recyclers are not in the tables: every line is counted as new.",
    "施設費は、公表値と記したもの以外はクラス5の概算(-40/+80 %)。 / "
    "Facility costs are class-5 estimates (-40/+80 %) except where marked published.",
    "需要家の受入量の多くは編集値で、ペレット・ガラス・金属は受入上限が不明のまま売れるとした。 / "
    "Demand is mostly compiled; pellets, glass and metals sell without a known limit.",
    "輸送はトラック(離島はフェリー)のみ。鉄道・内航船とは比べていない。 / "
    "Transport is by truck (ferries to islands); rail and coastal ship are not compared.",
    "道路距離は主要道の簡略網により、公表の道路距離と多くは7 %以内で一致する。 / "
    "Road lengths come from a simplified trunk network, mostly within 7 % of tabulated ones.",
    "目標達成に要する上乗せ額は最後の1 tに要る額で、各1 tに要る額ではない。 / "
    "Fees are what the last tonne needs, not what each tonne needs.",
]
"""What no plan of this version knows."""


@dataclass(frozen=True)
class Prepared:
    """A study ready to be solved.

    Attributes
    ----------
    layers : the layers it stands on, none for a study with its own tables.
    """

    config: Config
    layers: Layers | None
    assembled: Assembled


def prepare(path: Path, data: Path | None, progress: Progress, *, targets: bool = True) -> Prepared:
    """Return the study at `path` with its instance.

    Parameters
    ----------
    data : folder of the layers; the shipped one if none is given.
    targets : whether collection targets hold; without them the market alone decides.
    """
    progress("reading the study")
    config = read_config(path)
    if isinstance(config.study, InlineStudy):
        return prepare_inline(config, config.study, targets=targets)
    study = config.study if targets else config.study.model_copy(update={"targets": False})
    from siting.assemble import assemble
    from siting.assemble.rule import Rules
    from siting.figures import read_figures
    from siting.layers import data_folder, read_layers
    from siting.network.road import find_roads

    params = params_folder(path)
    figures, rules = read_figures(params, study.overrides), Rules.read(params)
    progress("reading the layers")
    layers = read_layers(data or data_folder())
    progress("reading the road graph")
    roads = find_roads(layers.folder / study.network.graph)
    progress("finding sites, routes and costs")
    return Prepared(config, layers, assemble(config, study, layers, roads, figures, rules))


def prepare_inline(config: Config, study: InlineStudy, *, targets: bool) -> Prepared:
    """Return a study that carries its own tables."""
    from models.instance import InstanceError
    from siting.assemble import assemble_inline, no_rows

    try:
        assembled = assemble_inline(study)
    except (InstanceError, KeyError) as fault:
        raise ConfigError(f"{config.path}: {fault}") from None
    if not targets:
        instance = replace(assembled.instance, targets=no_rows("targets"))
        assembled = replace(assembled, instance=instance)
    return Prepared(config, None, assembled)


def params_folder(study: Path) -> Path:
    """Return the parameter tables beside the study, else those that came with the product."""
    package = Path(__file__).parent
    for home in (study.parent, package.parent / "configs", package / "configs"):
        if (home / "params").is_dir():
            return home / "params"
    raise MissingDataError(f"{study.parent}/params: no parameter tables. Restore configs/params.")


def run(path: Path, data: Path | None, progress: Progress, *, targets: bool = True) -> Outcome:
    """Carry one study from its file to its plan; nothing is written."""
    started = time.monotonic()
    prepared = prepare(path, data, progress, targets=targets)
    built = time.monotonic()
    from siting.solve import solve

    study = prepared.config.study
    plan = solve(prepared.assembled.instance, effort(study), progress)
    solved = time.monotonic()
    timing = Timing(round(built - started, 2), round(solved - built, 2), peak_rss_mib())
    return Outcome(
        study=study.study if targets else f"{study.study}-no-targets",
        title_ja=study.title_ja if targets else f"{study.title_ja} ― 目標なし(市場のみ)",
        title_en=study.title_en if targets else f"{study.title_en}, no targets (market alone)",
        instance=prepared.assembled.instance,
        plan=plan,
        places=prepared.assembled.places,
        assumptions=prepared.assembled.assumptions,
        outlines=outlines(prepared.layers),
        provenance=provenance(prepared, plan),
        timing=timing,
    )


def effort(study: Study | InlineStudy) -> Effort:
    """Return how hard the study wants HiGHS to try."""
    from siting.solve import Effort

    solver = study.solver
    return Effort(solver.gap, solver.time_limit_s, solver.arcs_per_source, solver.clusters)


def provenance(prepared: Prepared, plan: Plan) -> Provenance:
    """Return where the figures of a plan come from."""
    layers = prepared.layers
    return Provenance(
        config_sha256=prepared.config.sha256,
        layer_sha256=layers.sha256 if layers else {},
        versions=versions(),
        model=model_in_words(prepared.assembled, plan),
        notes=[*(UNKNOWN if layers else []), *prepared.assembled.notes],
        credits=[line for file, line in CREDITS.items() if layers and file in layers.sha256],
    )


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


def peak_rss_mib() -> float:
    """Return the most memory this process held so far [MiB]."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def outlines(layers: Layers | None) -> gpd.GeoDataFrame | None:
    """Return the prefecture outlines; for a study without layers the shipped ones, if any."""
    if layers:
        return layers.prefectures.reset_index()
    from siting.layers import data_folder
    from siting.layers.read import read_layer
    from siting.layers.spec import PREFECTURES

    try:
        return read_layer(data_folder(), PREFECTURES).reset_index()
    except SitingError:
        return None


def write(outcome: Outcome, out: Path) -> Path:
    """Write everything the run leaves behind into ``out/<study>`` and return that folder.

    All files are made in a folder beside it first, which then takes its place: a run that fails
    leaves the earlier output as it was.
    """
    from siting.maps.page import write_map
    from siting.report.page import write_report
    from siting.report.tables import write_tables

    out.mkdir(parents=True, exist_ok=True)
    folder = out / outcome.study
    fresh = Path(tempfile.mkdtemp(prefix=f".{outcome.study}-", dir=out))
    try:
        fresh.chmod(0o755)
        write_tables(fresh, outcome)
        write_report(fresh / "report.html", outcome)
        write_map(fresh / "map.html", outcome)
        replace_folder(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def replace_folder(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is; the old one goes only when the new one stands."""
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
