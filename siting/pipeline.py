"""The chain of a study: config -> layers -> network -> instance -> plan -> files."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from siting.config import Config, InlineStudy, Study, read_config, scenario_study
from siting.errors import ConfigError
from siting.outcome import Outcome, Timing
from siting.provenance import provenance
from siting.scenarios.objective import Objective
from siting.writing import write_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from models.plan import Plan
    from siting.assemble import Assembled
    from siting.layers import Layers
    from siting.network.road import RoadGraph
    from siting.solve import Effort, Start

    Progress = Callable[[str], None]

NO_TARGETS = ("目標なし(市場のみ)", "no targets (market alone)")


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
    scenario : the scenario of the study that was chosen, if one was.
    """

    config: Config
    layers: Layers | None
    assembled: Assembled
    scenario: str | None = None


def prepare(
    path: Path,
    data: Path | None,
    progress: Progress,
    *,
    targets: bool = True,
    scenario: str | None = None,
) -> Prepared:
    """Return the study at `path` with its instance.

    Parameters
    ----------
    data : folder of the layers; the shipped one if none is given.
    targets : whether collection targets hold; without them the market alone decides.
    scenario : one of the study's scenarios; the study as it stands if none is given.
    """
    progress("reading the study")
    config = read_config(path)
    study = chosen(config, scenario, targets=targets)
    config = replace(config, study=study)
    if isinstance(study, InlineStudy):
        prepared = prepare_inline(config, study)
    else:
        gathered = gather(config, study, data, progress)
        progress("finding sites, routes and costs")
        prepared = replace(prepare_study(gathered, study), scenario=scenario)
    return prepared if targets else without_targets(prepared)


def without_targets(prepared: Prepared) -> Prepared:
    """Return the study without collection targets, national or of regions."""
    data = prepared.assembled.instance
    nothing = {name: getattr(data, name).iloc[:0] for name in ("targets", "regional_targets")}
    assembled = replace(prepared.assembled, instance=replace(data, **nothing))
    return replace(prepared, assembled=assembled)


def chosen(config: Config, scenario: str | None, *, targets: bool) -> Study | InlineStudy:
    """Return the study in a scenario, with or without its targets, under a name that says so.

    Raises
    ------
    ConfigError
        If the study has no scenario of that name.
    """
    study = config.study
    if scenario is not None:
        study = in_scenario(config, scenario)
    return study if targets else study.model_copy(update=names(study, "no-targets", NO_TARGETS))


def in_scenario(config: Config, scenario: str) -> Study:
    """Return the study in one of its scenarios, named after both."""
    study = scenario_study(config, scenario)
    words = study.scenarios[scenario]
    return study.model_copy(update=names(study, scenario, (words.title_ja, words.title_en)))


def names(study: Study | InlineStudy, suffix: str, words: tuple[str, str]) -> dict[str, str]:
    """Return a name and titles for `study` that say in what it differs."""
    return {
        "study": f"{study.study}-{suffix}",
        "title_ja": f"{study.title_ja} ― {words[0]}",
        "title_en": f"{study.title_en}, {words[1]}",
    }


def gather(config: Config, study: Study, data: Path | None, progress: Progress) -> Gathered:
    """Return the layers and the road graph of `study`."""
    from siting.figures import params_folder
    from siting.layers import data_folder, read_layers
    from siting.network.road import find_roads
    from siting.proposal import with_screening

    params = params_folder(config.path)
    progress("reading the layers")
    layers = read_layers(data or data_folder())
    layers = with_screening(config, study, layers, params, progress)
    progress("reading the road graph")
    roads = find_roads(layers.folder / study.network.graph)
    return Gathered(config, study, layers, roads, params)


def prepare_study(gathered: Gathered, study: Study) -> Prepared:
    """Return `study`, which may differ from the one gathered for in its choices."""
    from siting.assemble import assemble
    from siting.assemble.lever import refuse_levers
    from siting.assemble.rule import Rules
    from siting.figures import read_figures

    config = replace(gathered.config, study=study)
    rules = Rules.read(gathered.params)
    refuse_levers(config, study, rules.policy_levers)
    figures = read_figures(gathered.params, study.overrides, study.levers)
    assembled = assemble(config, study, gathered.layers, gathered.roads, figures, rules)
    return Prepared(config, gathered.layers, assembled)


def prepare_inline(config: Config, study: InlineStudy) -> Prepared:
    """Return a study that carries its own tables."""
    from models.instance import InstanceError
    from siting.assemble import assemble_inline

    try:
        assembled = assemble_inline(study)
    except (InstanceError, KeyError) as fault:
        raise ConfigError(f"{config.path}: {fault}") from None
    return Prepared(config, None, assembled)


def run(
    path: Path,
    data: Path | None,
    progress: Progress,
    *,
    targets: bool = True,
    scenario: str | None = None,
    objective: str = "cost",
) -> Outcome:
    """Carry one study from its file to its plan; nothing is written."""
    started = time.monotonic()
    prepared = prepare(path, data, progress, targets=targets, scenario=scenario)
    if (aim := Objective(objective)) is not Objective.COST:
        study = prepared.config.study
        study = study.model_copy(update=names(study, objective, (aim.aim("ja"), aim.aim("en"))))
        prepared = replace(prepared, config=replace(prepared.config, study=study))
    return solved(prepared, time.monotonic() - started, progress, objective=objective)


def solved(
    prepared: Prepared,
    build_s: float,
    progress: Progress,
    known: Sequence[Plan] = (),
    objective: str = "cost",
    start: Start | None = None,
) -> Outcome:
    """Return the outcome of a prepared study.

    Parameters
    ----------
    build_s : what preparing it took [s].
    known : earlier plans to start from; the plan is no worse than they are here.
    objective : what the plan is best for.
    start : prices and plan of an earlier solve of much the same study.
    """
    from siting.assemble.transport.leg import legs_of, one_leg_each
    from siting.scenarios.backdrop import eco_towns, outlines
    from siting.solve import solve

    assembled, study = prepared.assembled, prepared.config.study
    started = time.monotonic()
    plan = solve(assembled.instance, effort(study), progress, known, objective, start)
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
        eco_towns=eco_towns(prepared.layers),
        provenance=provenance(prepared.config, prepared.layers, assembled, plan),
        timing=timing,
        case=getattr(study, "case", None),
        scenario=prepared.scenario,
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
    return Effort(**solver.model_dump())


def peak_rss_mib() -> float:
    """Return the most memory this process held so far [MiB]."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def write(outcome: Outcome, out: Path, scenarios: Mapping[str, Outcome] | None = None) -> Path:
    """Write everything the run leaves behind into ``out/<study>`` and return that folder.

    All files are made in a folder beside it first, which then takes its place: a run that fails
    leaves the earlier output as it was.

    Parameters
    ----------
    scenarios : solved scenarios of the study by name; the report answers more with them,
        and the map switches between them.
    """
    from siting.maps.page import write_map
    from siting.report.page import write_report
    from siting.report.tables import write_tables
    from siting.report.viewpoints.eleven import viewpoints
    from siting.scenarios.pareto.beside import copy_front, front_beside, front_sections
    from siting.scenarios.why.beside import with_regrets

    front = front_beside(out, outcome)
    more = front_sections(front) if front else None

    def fill(fresh: Path) -> None:
        views = viewpoints(outcome, scenarios)
        write_tables(fresh, outcome, views)
        write_report(fresh / "report.html", outcome, views, more)
        if front:
            copy_front(front, fresh)
        write_map(fresh / "map.html", with_regrets(out, outcome), scenarios)

    return write_folder(out, outcome.study, fill)
