"""``siting solve``: a folder of tables, without a study and without layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from siting.cli.option import (
    STOPPED_AT_LIMIT,
    AsJson,
    Lang,
    Quiet,
    TablesFolder,
    echo_json,
    language_of,
)
from siting.cli.progress import Told
from siting.cli.words import phrase
from siting.errors import ConfigError, listed
from siting.scenarios.objective import Objective

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from models.instance import Instance
    from models.plan import Plan
    from models.table import Table
    from siting.text import Language


def solve(  # noqa: PLR0913, PLR0917 - one argument per option
    folder: TablesFolder,
    objective: Annotated[Objective, typer.Option(help="What the plan is best for.")] = (
        Objective.COST
    ),
    gap: Annotated[float, typer.Option(help="Stop at this gap.", min=0, max=1)] = 0.005,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", "--time-limit-s", help="Seconds to search.", min=0.1)
    ] = 150.0,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Solve the instance in FOLDER; needs no layers."""
    with Told(quiet=quiet) as told:
        told("reading the tables")
        instance = read_instance(folder)
        # The solver's packages take a second to load: faults of the tables are told before.
        from siting.solve import Effort
        from siting.solve import solve as solved

        effort = Effort(gap=gap, time_limit_s=time_limit_s)
        plan = solved(instance, effort, told, objective=objective.value)
    answer = plan_record(plan, objective)
    if as_json:
        echo_json(answer)
    else:
        echo_plan(answer, language_of(lang))
    if plan.status == "limit":
        raise typer.Exit(STOPPED_AT_LIMIT)


def read_instance(folder: Path) -> Instance:
    """Return the instance in `folder`.

    Raises
    ------
    ConfigError
        With every fault of every table.
    """
    from models.instance import TABLES, Instance, InstanceError
    from models.table import completed, faults, read_table

    if not folder.is_dir():
        raise ConfigError(
            f"{folder}: there is no such folder. Give one of tables, as a run writes."
        )
    found, tables = [], {}
    for name, spec in TABLES.items():
        try:
            table = completed(read_table(folder / f"{name}.csv", spec), spec)
            tables[name] = table.assign(**numbers(table, spec))
            found += faults(name, tables[name], spec)
        except (ValueError, OSError) as fault:
            found.append(f"{name}: {str(fault).removeprefix(f'{folder / name}.csv: ')}")
    if found:
        raise ConfigError(listed(folder, found))
    try:
        return Instance(**tables)
    except InstanceError as fault:
        raise ConfigError(f"{folder}: {fault}") from None


def numbers(table: pd.DataFrame, spec: Table) -> dict[str, pd.Series]:
    """Return the columns of `table` as numbers; what is none becomes NaN, which is a fault."""
    import pandas as pd

    return {
        name: pd.to_numeric(table[name], errors="coerce").astype(float)
        for name in spec.columns
        if name in table
    }


def plan_record(plan: Plan, objective: Objective) -> dict[str, Any]:
    """Return the answer: how good the plan is and which hubs run."""
    is_cost = objective is Objective.COST
    open_hubs = plan.hubs[plan.hubs["lines"] > 0].reset_index()
    columns = ["site", "technology", "size", "period", "lines"]
    rows = open_hubs[columns].astype({"period": int, "lines": int}).to_dict("records")
    return {
        "status": plan.status,
        "objective": objective.value,
        "objective_value": plan.objective_jpy if is_cost else plan.objective_value,
        "bound_value": plan.bound_jpy if is_cost else plan.bound_value,
        "objective_jpy": plan.objective_jpy,
        "bound_jpy": plan.bound_jpy if is_cost else None,
        "gap": plan.gap,
        "hubs": rows,
    }


def echo_plan(answer: dict[str, Any], language: Language) -> None:
    """Write the answer for people."""
    unit = "JPY" if answer["objective"] == Objective.COST else answer["objective"]
    value, bound = (f"{answer[name]:,.0f}" for name in ("objective_value", "bound_value"))
    typer.echo(phrase("value", language, value=value, bound=bound, unit=unit))
    status = phrase(answer["status"], language)
    cost = f"{answer['objective_jpy']:,.0f}"
    typer.echo(phrase("closeness", language, gap=f"{answer['gap']:.3%}", status=status, cost=cost))
    for row in answer["hubs"]:
        typer.echo(phrase("hub", language, **row, s="" if row["lines"] == 1 else "s"))
    if not answer["hubs"]:
        typer.echo(phrase("no_hub", language))
