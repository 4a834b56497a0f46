"""One question: what a site costs that is forced into the plan, or out of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from siting import pipeline
from siting.errors import ConfigError, NoPlanError
from siting.scenarios.why.change import Change, changes
from siting.scenarios.why.regret import FIXED, NOWHERE, Regret, between, way_of
from siting.scenarios.why.reuse import finished
from siting.scenarios.why.traffic import IN, OUT, Traffic, traffic

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from models.plan import Plan
    from siting.outcome import Outcome
    from siting.pipeline import Prepared, Progress


@dataclass(frozen=True)
class Question:
    """The study that is asked about, and its plan.

    Attributes
    ----------
    solved_s : what solving it took; 0 where the plan of a finished run is used [s].
    """

    prepared: Prepared
    outcome: Outcome
    solved_s: float

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.outcome.plan


@dataclass(frozen=True)
class Answer:
    """What a site costs, and what it would serve.

    Attributes
    ----------
    regret : what it costs, between what and what.
    traffic : what goes to the site, and where that went before; none where there is no plan.
    changes : each of which would make it as cheap as the plan.
    """

    regret: Regret
    traffic: Traffic | None = None
    changes: list[Change] | None = None


def question_of(prepared: Prepared, out: Path, progress: Progress) -> Question:
    """Return the study with its plan: that in `out`, if it is of the same numbers, or a new one."""
    study = prepared.config.study.study
    progress("looking for a finished run")
    known = finished(out / study, prepared.assembled.instance)
    if known is not None:
        return Question(prepared, known, 0.0)
    started = time.monotonic()
    outcome = pipeline.solved(prepared, 0.0, progress)
    return Question(prepared, outcome, time.monotonic() - started)


def site_id(places: pd.DataFrame, name: str) -> str:
    """Return the id of the site of `places` that is called `name`.

    Raises
    ------
    ConfigError
        If none or several are.
    """
    sites = places[places["kind"] == "site"]
    same = sites.index[
        (sites.index == name) | (sites["name_ja"] == name) | (sites["name_en"] == name)
    ]
    if len(same) == 1:
        return str(same[0])
    if len(same):
        ids = ", ".join(f"{site} {sites['name_ja'][site]}" for site in same)
        raise ConfigError(f"site '{name}' is ambiguous: {ids}. Give the id.")
    words = [str(word) for word in [*sites["name_ja"], *sites["name_en"], *sites.index]]
    holding = [word for word in words if name and name in word]
    near = get_close_matches(name, words, n=1) or holding[:1]
    raise ConfigError(
        f"site '{name}' is unknown." + (f" Did you mean '{near[0]}'?" if near else "")
    )


def ask(question: Question, site: str, progress: Progress, *, out_of_plan: bool = False) -> Answer:
    """Return what `site` costs, forced out where the plan has it, else in.

    Parameters
    ----------
    out_of_plan : ask for out, whatever the plan has.
    """
    from siting.solve import Start, solve
    from siting.solve.force import banned, forced

    data, plan = question.prepared.assembled.instance, question.plan
    way = way_of(data, plan, site)
    if way in {FIXED, NOWHERE}:
        return Answer(Regret(site, way))
    if out_of_plan and way == IN:
        return Answer(Regret(site, OUT, 0.0, 0.0, 0.0))
    started = time.monotonic()
    changed = forced(data, site) if way == IN else banned(data, site)
    effort = pipeline.effort(question.prepared.config.study)
    start = Start.of(plan, keeps_prices=True)
    try:
        found = solve(changed, effort, progress, start=start)
    except NoPlanError:
        return Answer(replace(Regret(site, way), seconds=time.monotonic() - started))
    regret = between(data, plan, Regret(site, way), found.objective_jpy, found.bound_jpy)
    regret = replace(regret, seconds=time.monotonic() - started, solved=True)
    wanted = changes(data, found, site, regret) if way == IN else []
    return Answer(regret, traffic(data, plan, found, site, way), wanted)
