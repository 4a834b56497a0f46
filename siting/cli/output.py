"""Commands on several plans: ``compare`` two outputs, ``pareto`` of two objectives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
from siting.scenarios.objective import Objective


def compare(
    a: Annotated[Path, typer.Argument(help="Output of a run, such as out/japan.")],
    b: Annotated[Path, typer.Argument(help="Another output; changes are B less A.")],
    out: OutFolder = Path("out"),
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Say how two plans differ: sites, lines, flows, cost and emissions."""
    from siting.scenarios.compare import (
        answer,
        difference,
        difference_record,
        read_output,
        write_difference,
    )
    from siting.writing import write_folder

    found = difference(read_output(a), read_output(b))
    name = f"compare-{found.a.study}-{found.b.study}"
    folder = write_folder(out, name, lambda fresh: write_difference(fresh, found))
    if as_json:
        echo_json(difference_record(found))
    else:
        echo_list(answer(found, language_of(lang)), lang)
        typer.echo(f"{folder / 'compare.json'}")
        typer.echo(f"{folder / 'compare.html'}")


def pareto(  # noqa: PLR0913, PLR0917 - one argument per option
    study: StudyPath,
    x: Annotated[Objective, typer.Option("--x", help="Objective that is made best.")] = (
        Objective.COST
    ),
    y: Annotated[Objective, typer.Option("--y", help="Objective that is limited.")] = (
        Objective.KGCO2E
    ),
    points: Annotated[int, typer.Option(help="Points of the front.", min=2, max=50)] = 7,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    scenario: Scenario = None,
    without_targets: WithoutTargets = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Find the front of two objectives: what more of one costs of the other."""
    from siting import pipeline
    from siting.scenarios.pareto import answer, find_front, front_record, write_front
    from siting.writing import write_folder

    if x is y:
        raise ConfigError(f"--x and --y are both {x}. A front is of two objectives.")
    with Told(quiet=quiet) as told:
        prepared = pipeline.prepare(
            study, data, told, targets=not without_targets, scenario=scenario
        )
        front = find_front(prepared, x, y, points, told)
        told("writing tables and page")
        name = f"{front.outcome.study}-pareto"
        folder = write_folder(out, name, lambda fresh: write_front(fresh, front))
    if as_json:
        echo_json(front_record(front))
    else:
        echo_list(answer(front, language_of(lang)), lang)
        typer.echo(f"{folder / 'pareto.html'}")
    if any(point.status == "limit" for point in front.points):
        raise typer.Exit(STOPPED_AT_LIMIT)
