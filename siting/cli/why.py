"""``siting why``: what a site would cost in the plan, or save out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from siting.cli.option import (
    STOPPED_AT_LIMIT,
    AsJson,
    DataFolder,
    Lang,
    OutFolder,
    Quiet,
    Scenario,
    StudyPath,
    WithoutTargets,
    echo_json,
    echo_list,
    language_of,
)
from siting.cli.progress import Told
from siting.errors import ConfigError

if TYPE_CHECKING:
    from siting.pipeline import Progress
    from siting.scenarios.why import Question


def why(  # noqa: PLR0913, PLR0917 - one argument per option
    study: StudyPath,
    site: Annotated[
        list[str] | None,
        typer.Option("--site", help="Site by id or name; may be given several times."),
    ] = None,
    out_of_plan: Annotated[
        bool, typer.Option("--out-of-plan", help="The plan without it, whatever the plan has.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Every candidate: table, page and map.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(help="Seconds of searches of --all, beside the plan's own.", min=0)
    ] = 600.0,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    scenario: Scenario = None,
    without_targets: WithoutTargets = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Say what a site costs that the plan leaves out, or loses that it has, and what would help."""
    from siting import pipeline
    from siting.scenarios.why import question_of
    from siting.scenarios.why.question import site_id

    if bool(site) == every:
        raise ConfigError("why needs --site NAME or --all, one of them.")
    if every and out_of_plan:
        raise ConfigError("--out-of-plan goes with --site; --all asks for each site what it can.")
    with Told(quiet=quiet) as told:
        prepared = pipeline.prepare(
            study, data, told, targets=not without_targets, scenario=scenario
        )
        sites = [site_id(prepared.assembled.places, name) for name in site or []]
        question = question_of(prepared, out, told)
        if every:
            answer_all(question, time_limit, out, told, as_json, lang)
        else:
            answer_each(question, sites, out_of_plan, told, as_json, lang)
    if question.plan.status == "limit":
        raise typer.Exit(STOPPED_AT_LIMIT)


def answer_each(
    question: Question,
    sites: list[str],
    out_of_plan: bool,
    told: Progress,
    as_json: bool,
    lang: str,
) -> None:
    """Answer for each of `sites`."""
    from siting.scenarios.why import answer, answer_record, ask
    from siting.scenarios.why.table import study_record

    found = [ask(question, site, told, out_of_plan=out_of_plan) for site in sites]
    if as_json:
        rows = [answer_record(question, one) for one in found]
        echo_json({**study_record(question), "sites": rows})
        return
    for one in found:
        echo_list(answer(question, one, language_of(lang)), lang)


def answer_all(
    question: Question, time_limit: float, out: Path, told: Progress, as_json: bool, lang: str
) -> None:
    """Answer for every candidate, and write table, page and map."""
    from siting.scenarios.why import all_regrets, table_answer, table_record, write_regrets
    from siting.writing import write_folder

    table = all_regrets(question, time_limit, told)
    told("writing table, page and map")
    name = f"{question.outcome.study}-why"
    folder = write_folder(out, name, lambda fresh: write_regrets(fresh, question, table))
    if as_json:
        echo_json(table_record(question, table))
    else:
        echo_list(table_answer(question, table, language_of(lang)), lang)
        typer.echo(f"{folder / 'why.html'}\n{folder / 'map.html'}")
