"""What a study YAML may say; every fault is told with its file, line and column."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, FiniteFloat, field_validator, model_validator

from siting.config_candidate import Candidates  # noqa: TC001 - pydantic reads it
from siting.config_fault import reading, root_of, text_of
from siting.config_model import Limits, Scenario, Scope, Technology
from siting.config_screening import Screening
from siting.config_transport import Settings, Transport
from siting.errors import ConfigError, Located
from siting.yaml_place import Loc, Places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Fault = tuple[Loc, str]
"""Where in a study something cannot be meant, and what."""


class Periods(Settings):
    """The planning steps."""

    start: int = Field(ge=2020, le=2060)
    """First year of the first step [year]."""
    end: int = Field(ge=2020, le=2060)
    """First year of the last step [year]."""
    step_years: int = Field(ge=1, le=20)
    """Length of every step [yr]."""

    @model_validator(mode="after")
    def ends_after_start(self) -> Self:
        """Refuse periods that run backwards or do not fill the horizon."""
        if self.end < self.start or (self.end - self.start) % self.step_years:
            raise ValueError("end must be start plus a whole number of steps")
        return self

    @property
    def years(self) -> list[int]:
        """Return the first year of each step."""
        return list(range(self.start, self.end + 1, self.step_years))


class Network(Settings):
    """How places are joined to the road graph."""

    snap_km: float = Field(default=25.0, gt=0, le=500)
    """A place further than this from any road needs a ferry [km]."""
    graph: str = "roads.graphml.gz"
    """OSMnx graph in the layers' folder, or a path of your own."""


class Solver(Settings):
    """How hard HiGHS tries."""

    gap: float = Field(default=0.01, ge=0, le=1)
    """Stop when (objective - bound) / |objective| is no larger [-]."""
    time_limit_s: float = Field(default=240, gt=0)
    """Work of the search over all parts, in seconds of a machine of today [s]."""
    arcs_per_source: int = Field(default=12, ge=1)
    """Arcs per source and commodity in the model; the bound covers all arcs regardless."""
    clusters: int = Field(default=200, ge=1)
    """Sources are merged into so many while lines are searched for; the plan has them all."""
    strategy: Literal["auto", "direct", "certified", "joint"] = "auto"
    """By size; HiGHS alone; a proof for every arc; the same block by block (docs/solver.md)."""


class Study(Settings):
    """A study on the layers."""

    study: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    """Name of the folder the outputs go to."""
    title_ja: str
    """Title in Japanese."""
    title_en: str
    """Title in English."""
    periods: Periods
    """Planning steps."""
    discount_rate: float = Field(ge=0, le=0.2)
    """Real discount rate, also of the annuities [1/yr]."""
    carbon_price: str
    """Item of the ``prices`` table, group carbon, such as scenario_base; "none" for no price."""
    growth: dict[str, str]
    """Commodity to a scenario of the growth layer, or ``vintage`` for solar panels by vintage."""
    case: int | None = Field(default=None, ge=1, le=12)
    """Number of the ministry's case study, if it is one."""
    scope: Scope | None = None
    """Where the sources are; all of Japan if none is given."""
    targets: bool = True
    """Whether the collection targets of the ``targets`` table hold."""
    existing: bool = True
    """Whether the plants of existing.csv stand."""
    imports: list[str] = Field(default=[])
    """Commodities that are imported, as imports.csv says."""
    finance: Literal["annuity", "salvage"] = "annuity"
    """Opening is paid by an annuity of the years run, or at once less what is left at the end."""
    limits: Limits = Limits()
    """What a plan must keep within."""
    levers: list[str] = Field(default=[])
    """Policy levers that are pulled, by id of the ``policy_levers`` table."""
    scenarios: dict[str, Scenario] = Field(default={})
    """Other futures, by name: ``siting run STUDY --scenario NAME``."""
    technologies: dict[str, Technology] = Field(min_length=1)
    """Processes on offer: a list of names of technologies.csv, or each with what differs."""
    candidates: Candidates
    """Where hubs may be built."""
    screening: Screening = Screening()
    """Which land is fit for hubs."""
    modes: list[Literal["truck", "rail", "ship"]] = Field(default=["truck"], min_length=1)
    """Modes of transport on offer."""
    transport: Transport = Transport()
    """How carrying is counted, and services, berths and ports beside the public network."""
    network: Network = Network()
    """How places are joined to the road graph."""
    overrides: dict[str, FiniteFloat] = Field(default={})
    """Key of a figure to the value this study uses instead."""
    solver: Solver = Solver()
    """How hard HiGHS tries."""

    @field_validator(
        "technologies", mode="before", json_schema_input_type=list[str] | dict[str, Technology]
    )
    @classmethod
    def named(cls, value: object) -> object:
        """Return a list of names as a mapping: each as technologies.csv has it."""
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            return value
        if twice := sorted({name for name in value if value.count(name) > 1}):
            raise ValueError(f"{', '.join(twice)} stands twice")
        return {name: {} for name in value}


class InlineStudy(Settings):
    """A small study that carries its own tables and needs no layers."""

    study: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    """Name of the folder the outputs go to."""
    title_ja: str
    """Title in Japanese."""
    title_en: str
    """Title in English."""
    places: list[dict[str, Any]]
    """Rows of the places: node, kind, name_ja, name_en, lat, lon."""
    instance: dict[str, list[dict[str, Any]]]
    """Table of ``models/README.md`` to its rows."""
    solver: Solver = Solver()
    """How hard HiGHS tries."""


@dataclass(frozen=True)
class Config:
    """A study as read: its settings, its file, and the hash of its text."""

    study: Study | InlineStudy
    path: Path
    sha256: str
    places: Places

    def fault(self, loc: Loc, message: str) -> ConfigError:
        """Return the error for the value at `loc`, with file, line and column."""
        return self.faults([(loc, message)])

    def says(self, loc: Loc) -> bool:
        """Return whether the file has a value at `loc`."""
        return loc in self.places.values

    def faults(self, found: Sequence[Fault]) -> ConfigError:
        """Return the one error for all that was `found`, each with file, line and column."""
        return ConfigError.of([self.located(loc, message) for loc, message in found])

    def located(self, loc: Loc, message: str) -> Located:
        """Return what is wrong at `loc` with file, line and column."""
        return located(self.path, self.places.at(loc), message)


def scenario_study(config: Config, name: str) -> Study:
    """Return the study in the scenario `name`.

    Raises
    ------
    ConfigError
        If it has no such scenario.
    """
    study = config.study
    if not isinstance(study, Study) or name not in study.scenarios:
        known = sorted(study.scenarios) if isinstance(study, Study) else []
        hint = "".join(f" Did you mean '{near}'?" for near in get_close_matches(name, known, n=1))
        listed_names = ", ".join(known) or "none"
        raise config.fault(
            ("scenarios",) if known else (), f"no scenario '{name}'; there is {listed_names}.{hint}"
        )
    scenario = study.scenarios[name]
    changes: dict[str, object] = {
        "growth": study.growth | scenario.growth,
        "overrides": study.overrides | scenario.overrides,
        "levers": [*study.levers, *scenario.levers],
    }
    for key in ("targets", "imports", "carbon_price"):
        if getattr(scenario, key) is not None:
            changes[key] = getattr(scenario, key)
    return study.model_copy(update=changes)


def read_config(path: Path) -> Config:
    """Return the study at `path`.

    Raises
    ------
    ConfigError
        If there is no such file, or with every fault of it, each with its line and column.
    """
    config, faults, _ = read_in_part(path)
    if faults or config is None:
        raise ConfigError.of(faults)
    return config


def read_in_part(path: Path) -> tuple[Config | None, list[Located], set[str]]:
    """Return what can be read of the study at `path`, its faults, and the sections they are in.

    Raises
    ------
    ConfigError
        If it cannot be read as YAML.
    """
    text = text_of(path)
    root = root_of(path, text)
    is_inline = any(key.value == "instance" for key, _ in root.value)
    kind: type[Study | InlineStudy] = InlineStudy if is_inline else Study
    found = reading(root, kind)
    faults = sorted(located(path, *fault) for fault in found.faults)
    if found.study is None:
        return None, faults, found.lost
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Config(found.study, path, sha256, found.places), faults, found.lost


def located(path: Path, spot: str, message: str) -> Located:
    """Return the fault at `spot`, which is ``line:column``, of the study at `path`."""
    line, column = spot.split(":")
    return Located(str(path), int(line), int(column), message)
