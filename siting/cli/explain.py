"""``siting explain``: why there is no plan and what to change, or what binds the plan there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from siting.cli.instance import read_instance
from siting.cli.option import (
    AsJson,
    DataFolder,
    Lang,
    OutFolder,
    Quiet,
    Scenario,
    echo_json,
    language_of,
)
from siting.cli.progress import Told
from siting.cli.words import phrase
from siting.errors import NoPlanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from siting.text import Language

    Record = dict[str, Any]

MOST_TOLD = 15
"""Limits that bind are told up to so many; ``explain.csv`` has all."""


def explain(  # noqa: PLR0913, PLR0917 - one argument per option
    study: Annotated[
        Path, typer.Argument(help="Study YAML, or a folder of tables as in models/README.md.")
    ],
    out: OutFolder = Path("out"),
    data: DataFolder = None,
    scenario: Scenario = None,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit", help="Seconds of each search for whole lines.", min=1)
    ] = 60.0,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Say why there is no plan and which change is cheapest, or which limits bind."""
    with Told(quiet=quiet) as told:
        if study.is_dir():
            told("reading the tables")
            instance = read_instance(study)
        from siting import explanation

        if study.is_dir():
            record = explanation.explain_tables(study, instance, told, time_limit_s)
        else:
            record = explanation.explain_study(study, data, told, scenario, time_limit_s)
        path = explanation.write_explanation(out, record)
    if as_json:
        echo_json(record)
    else:
        console = Console(highlight=False, soft_wrap=True)
        for line in explanation_lines(record, language_of(lang)):
            console.print(line, markup=False)
        if record["binding"]:
            console.print(binding_table(record["binding"][:MOST_TOLD], language_of(lang)))
        typer.echo(f"{path}")
    if not record["feasible"]:
        raise typer.Exit(NoPlanError.exit_code)


def explanation_lines(record: Record, language: Language) -> Iterator[str]:
    """Yield the answer for people; the limits that bind are a table of their own."""
    if record["feasible"]:
        cost = worded(record["plan_jpy"], "JPY", language)
        yield phrase("explain_plan", language, cost=cost)
    else:
        yield phrase("explain_no_plan", language, count=len(record["conflicts"]))
    yield from judged_lines(record, language)
    for number, conflict in enumerate(record["conflicts"], 1):
        yield phrase("explain_conflict", language, number=number)
        yield from clash_lines(conflict, language)
    for miss in record["missed"]:
        yield from missed_lines(miss, language)
    if record["feasible"]:
        more = len(record["binding"]) - MOST_TOLD
        yield phrase("explain_binding" if record["binding"] else "explain_free", language)
        if more > 0:
            yield phrase("explain_more", language, count=more)


def judged_lines(record: Record, language: Language) -> Iterator[str]:
    """Yield on which model the answer rests, where it is not the study as it is."""
    if record["sources_judged"] < record["sources"]:
        yield phrase(
            "explain_merged", language, sources=record["sources"], nodes=record["sources_judged"]
        )
    if record["costs_of"] == "relaxation":
        yield phrase("explain_fractions", language)
    if record["whole_lines_undecided"]:
        yield phrase("explain_undecided", language)


def clash_lines(clash: Record, language: Language) -> Iterator[str]:
    """Yield the limits that cannot all hold, and the repairs, the cheapest first."""
    for limit in clash["limits"]:
        yield f"  - {limit[f'text_{language}']}{place(limit)}"
    if not clash["repairs"]:
        yield phrase("explain_no_repair", language)
        return
    is_alone = len(clash["limits"]) == 1
    yield phrase("explain_alone" if is_alone else "explain_repairs", language)
    least_jpy = clash["repairs"][0]["plan_jpy"]
    for repair in clash["repairs"]:
        yield from repair_lines(repair, least_jpy, language)


def repair_lines(repair: Record, least_jpy: float, language: Language) -> Iterator[str]:
    """Yield what to change, by how much, and what the plan then costs."""
    ways = [repair, *repair["beside"]]
    said = phrase("explain_and", language).join(way_line(way, language) for way in ways)
    cost, more = (
        worded(value, "JPY", language)
        for value in (repair["plan_jpy"], repair["plan_jpy"] - least_jpy)
    )
    yield phrase("explain_repair", language, change=said, cost=cost, more=more)
    yield from dict.fromkeys(edit(change, language) for way in ways for change in way["changes"])


def way_line(way: Record, language: Language) -> str:
    """Return how one limit gives way; by how many tonnes where it is a share."""
    first = way["changes"][0]
    said = str(first[f"text_{language}"])
    if first["unit"] != "share":
        return said
    return said + phrase(
        "explain_by", language, by=worded(way["amount"], way["amount_unit"], language)
    )


def edit(change: Record, language: Language) -> str:
    """Return which value to change into which; one setting may stand for several periods."""
    new = phrase("explain_drop", language) if change["new"] is None else f"{change['new']:.12g}"
    return f"      {place(change).strip()}: {change['old']:.12g} → {new}"


def missed_lines(miss: Record, language: Language) -> Iterator[str]:
    """Yield a target that is missed: what it would cost, or what stands in its way."""
    short, penalty = (
        worded(miss[key], unit, language)
        for key, unit in (("shortfall_t", "t"), ("penalty_jpy", "JPY"))
    )
    said = miss[f"text_{language}"]
    yield phrase("explain_missed", language, limit=said, short=short, place=place(miss))
    if miss["extra_jpy"] is not None:
        extra = worded(miss["extra_jpy"], "JPY", language)
        yield phrase("explain_dear", language, extra=extra, penalty=penalty)
    elif miss["conflict"]:
        yield phrase("explain_in_the_way", language)
        yield from clash_lines(miss["conflict"], language)


def worded(value: float, unit: str, language: Language) -> str:
    """Return `value` with its unit."""
    from siting.explain.words import amount  # its package loads the solver's

    return amount(value, unit, language)


def place(said: Record) -> str:
    """Return file, line and key of what is said; empty where no file says it."""
    if not said["file"]:
        row = "|".join(str(part) for part in said["row"])
        return f"  [{said['table']} {row} {said['column']}]".replace(" ]", "]")
    line = f":{said['line']}" if said["line"] else ""
    return f"  [{said['file']}{line} {said['key'] or ''}]".replace(" ]", "]")


def binding_table(rows: list[Record], language: Language) -> Table:
    """Return the limits that bind, with the worth of a step."""
    table = Table(title=None, box=None, pad_edge=False)
    for key in ("explain_limit", "explain_step", "explain_worth", "explain_basis"):
        is_text = key in ("explain_limit", "explain_basis")
        justify: Literal["left", "right"] = "left" if is_text else "right"
        table.add_column(phrase(key, language), justify=justify, overflow="fold")
    for row in rows:
        worth = row["worth_jpy"]
        table.add_row(
            row[f"text_{language}"],
            worded(row["step"], row["step_unit"], language),
            "-" if worth is None else worded(worth, "JPY", language),
            phrase(f"explain_{row['basis']}", language),
        )
    return table
