"""Commands on a study: ``run``, ``check``, ``scenarios``, ``modes`` and ``cases``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

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
from siting.scenarios.interrupt import Interruption
from siting.scenarios.objective import Objective

if TYPE_CHECKING:
    from siting.scenarios.case import CaseRun


def run(  # noqa: PLR0913, PLR0917 - one argument per option
    study: StudyPath,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    scenario: Scenario = None,
    without_targets: WithoutTargets = False,
    with_scenarios: Annotated[
        bool, typer.Option("--with-scenarios", help="All its scenarios too; the report uses them.")
    ] = False,
    objective: Annotated[Objective, typer.Option(help="What the plan is best for.")] = (
        Objective.COST
    ),
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Solve a study and write its tables, report and map to OUT/<study>."""
    from siting import pipeline
    from siting.report.record import plan_record
    from siting.report.summary import closing_summary
    from siting.scenarios.future import solve_scenarios

    with Told(quiet=quiet) as told, Interruption() as interruption:
        outcome = pipeline.run(
            study, data, told, targets=not without_targets, scenario=scenario, objective=objective
        )
        goes_on = with_scenarios and not interruption.happened
        others = solve_scenarios(study, data, told, outcome) if goes_on else {}
        told("writing tables, report and map")
        folder = pipeline.write(outcome, out, others)
        for other in others.values():
            pipeline.write(other, out)
    if as_json:
        echo_json(plan_record(outcome))
    else:
        echo_list(closing_summary(outcome, language_of(lang)), lang)
        typer.echo(f"{folder / 'report.html'}\n{folder / 'map.html'}")
    if any(solved.plan.status == "limit" for solved in (outcome, *others.values())):
        raise typer.Exit(STOPPED_AT_LIMIT)


def check(
    study: StudyPath, data: DataFolder = None, scenario: Scenario = None, quiet: Quiet = False
) -> None:
    """Check a study, its layers and every name in it, without solving."""
    from siting import pipeline

    with Told(quiet=quiet) as told:
        prepared = pipeline.prepare(study, data, told, scenario=scenario)
    instance = prepared.assembled.instance
    for note in prepared.assembled.notes:
        typer.echo(note)
    sources, sites = instance.supply.index.unique("source"), instance.hubs.index.unique("site")
    typer.echo(
        f"{study}: no faults. Sources: {len(sources):,}, candidate sites: {len(sites):,}, "
        f"arcs: {len(instance.arcs):,}."
    )


def scenarios(study: StudyPath, as_json: AsJson = False, lang: Lang = "ja") -> None:
    """List the scenarios of a study, for siting run --scenario NAME."""
    from siting.config import read_config
    from siting.scenarios.listing import scenario_list

    found = scenario_list(read_config(study))
    if as_json:
        echo_json(found)
        return
    if not found:
        typer.echo(f"{study}: no scenarios. Add some under scenarios.")
    for row in found:
        typer.echo(f"{row['scenario']}: {row[f'title_{language_of(lang)}']}")
        for key, value in row["changes"].items():
            typer.echo(f"  {key}: {value}")


def modes(
    study: StudyPath,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Solve a study by truck alone, with rail, with ship and with all; compare lane by lane."""
    from siting.comparison import compare_modes
    from siting.report.modes import closing_lines, runs_record, write_modes
    from siting.writing import write_folder

    with Told(quiet=quiet) as told:
        comparison = compare_modes(study, data, told)
        told("writing tables and page")
        name = f"{next(iter(comparison.runs.values())).study}-modes"
        folder = write_folder(out, name, lambda fresh: write_modes(fresh, comparison))
    if as_json:
        echo_json(runs_record(comparison))
    else:
        echo_list(closing_lines(comparison, language_of(lang)), lang)
        typer.echo(f"{folder / 'modes.html'}")
    if any(run.plan.status == "limit" for run in comparison.runs.values()):
        raise typer.Exit(STOPPED_AT_LIMIT)


def cases(
    studies: Annotated[
        list[Path] | None,
        typer.Argument(help="Study YAMLs; configs/case*.yaml and japan.yaml if none is given."),
    ] = None,
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run all case studies, each on its own, and say what each cost, took and needed."""
    from siting.scenarios.case import case_studies, exit_code, run_cases, write_cases

    with Told(quiet=quiet) as told:
        rows = run_cases(studies or case_studies(Path()), out, data, told)
        path = write_cases(out, rows)
    if as_json:
        echo_json([asdict(row) for row in rows])
    else:
        echo_cases(rows)
        typer.echo(f"{path}")
    if code := exit_code(rows):
        raise typer.Exit(code)


def echo_cases(rows: list[CaseRun]) -> None:
    """Write what each case cost, took and needed, a row each."""
    from siting.report.number import MONEY, full

    table = Table(title=None, box=None, pad_edge=False)
    for column in ("study", "cost", "gap", "hubs", "seconds", "peak MiB", "status"):
        table.add_column(column, justify="left" if column in ("study", "status") else "right")
    for row in rows:
        known = row.cost_jpy is not None
        table.add_row(
            row.study,
            full(MONEY, row.cost_jpy, "en") if row.cost_jpy is not None else "-",
            f"{row.gap:.2%}" if row.gap is not None else "-",
            f"{row.hubs}" if known else "-",
            f"{row.seconds:,.0f}",
            f"{row.peak_mib:,.0f}" if row.peak_mib is not None else "-",
            row.status,
        )
    Console(soft_wrap=True).print(table)
    for row in rows:
        if row.message:
            typer.echo(f"{row.study}: {row.message}", err=True)
