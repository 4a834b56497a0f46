"""The chain of a study: config -> layers -> network -> instance -> plan -> files."""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from siting.config import Config, InlineStudy, Study, read_config
from siting.errors import ConfigError, MissingDataError, SitingError
from siting.outcome import Outcome, Timing
from siting.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd
    import pandas as pd

    from models.plan import Plan
    from siting.assemble import Assembled
    from siting.layers import Layers
    from siting.network.road import RoadGraph
    from siting.solve import Effort

    Progress = Callable[[str], None]


@dataclass(frozen=True)
class Gathered:
    """Everything a study on layers is made from, read once."""

    config: Config
    study: Study
    layers: Layers
    roads: RoadGraph
    params: Path


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
    gathered = gather(config, config.study, data, progress)
    progress("finding sites, routes and costs")
    return prepare_study(gathered, config.study.model_copy(update=no_targets(targets=targets)))


def no_targets(*, targets: bool) -> dict[str, bool]:
    """Return the change of a study that drops its targets, if they are not to hold."""
    return {} if targets else {"targets": False}


def gather(config: Config, study: Study, data: Path | None, progress: Progress) -> Gathered:
    """Return the layers and the road graph of `study`."""
    from siting.layers import data_folder, read_layers
    from siting.network.road import find_roads

    params = params_folder(config.path)
    progress("reading the layers")
    layers = read_layers(data or data_folder())
    progress("reading the road graph")
    roads = find_roads(layers.folder / study.network.graph)
    return Gathered(config, study, layers, roads, params)


def prepare_study(gathered: Gathered, study: Study) -> Prepared:
    """Return `study`, which may differ from the one gathered for in its choices."""
    from siting.assemble import assemble
    from siting.assemble.rule import Rules
    from siting.figures import read_figures

    config = replace(gathered.config, study=study)
    figures = read_figures(gathered.params, study.overrides)
    rules = Rules.read(gathered.params)
    assembled = assemble(config, study, gathered.layers, gathered.roads, figures, rules)
    return Prepared(config, gathered.layers, assembled)


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
    outcome = solved(prepared, time.monotonic() - started, progress)
    if targets:
        return outcome
    return replace(
        outcome,
        study=f"{outcome.study}-no-targets",
        title_ja=f"{outcome.title_ja} ― 目標なし(市場のみ)",
        title_en=f"{outcome.title_en}, no targets (market alone)",
    )


def solved(
    prepared: Prepared, build_s: float, progress: Progress, known: Sequence[Plan] = ()
) -> Outcome:
    """Return the outcome of a prepared study.

    Parameters
    ----------
    build_s : what preparing it took [s].
    known : earlier plans to start from; the plan is no worse than they are here.
    """
    from siting.assemble.transport.leg import legs_of, one_leg_each
    from siting.solve import solve

    assembled, study = prepared.assembled, prepared.config.study
    started = time.monotonic()
    plan = solve(assembled.instance, effort(study), progress, known)
    timing = Timing(round(build_s, 2), round(time.monotonic() - started, 2), peak_rss_mib())
    arcs = plan.flows.index.droplevel("period").unique()
    has_lanes = bool(assembled.lanes)
    legs = legs_of(assembled.lanes, arcs) if has_lanes else one_leg_each(assembled.instance.arcs)
    return Outcome(
        study=study.study,
        title_ja=study.title_ja,
        title_en=study.title_en,
        instance=assembled.instance,
        plan=plan,
        places=used_places(assembled.places, legs),
        legs=legs,
        assumptions=assembled.assumptions,
        outlines=outlines(prepared.layers),
        provenance=provenance(prepared.config, prepared.layers, assembled, plan),
        timing=timing,
    )


def used_places(places: pd.DataFrame, legs: pd.DataFrame) -> pd.DataFrame:
    """Return `places` without the ports and stations where no leg starts or ends."""
    is_terminal = places["kind"].isin(["port", "station"])
    used = places.index.isin(legs["from_node"]) | places.index.isin(legs["to_node"])
    return places[~is_terminal | used]


def effort(study: Study | InlineStudy) -> Effort:
    """Return how hard the study wants HiGHS to try."""
    from siting.solve import Effort

    solver = study.solver
    return Effort(solver.gap, solver.time_limit_s, solver.arcs_per_source, solver.clusters)


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

    def fill(fresh: Path) -> None:
        write_tables(fresh, outcome)
        write_report(fresh / "report.html", outcome)
        write_map(fresh / "map.html", outcome)

    return write_folder(out, outcome.study, fill)


def write_folder(out: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """Write the folder `name` in `out` in one step, with what `fill` puts into it."""
    out.mkdir(parents=True, exist_ok=True)
    folder = out / name
    fresh = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=out))
    try:
        fresh.chmod(0o755)
        fill(fresh)
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
