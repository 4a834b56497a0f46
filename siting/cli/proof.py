"""``siting verify``: what a run claims, held against its instance and its certificate."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from siting.cli.option import AsJson, Lang, echo_json, language_of
from siting.cli.words import phrase
from siting.errors import ClaimError, listed

if TYPE_CHECKING:
    from siting.text import Language
    from siting.verify import Verdict

MOST_TOLD = 5
"""Claims that do not hold are told up to so many."""

UNITS = {"cost": "JPY", "kgco2e": "kgCO2e", "virgin_material_avoided_t": "t", "jobs": "person-yr"}


def verify(
    out: Annotated[Path, typer.Argument(help="Output of a run, such as out/japan.")],
    as_json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Check a plan, its cost and its bound with code that shares nothing with the solver."""
    from siting.verify import verify as verdict_on

    verdict = verdict_on(out)
    if as_json:
        echo_json(verdict_record(verdict))
    else:
        echo_verdict(verdict, language_of(lang))
    if verdict.broken:
        faults = [str(broken) for broken in verdict.broken[:MOST_TOLD]]
        if more := len(verdict.broken) - MOST_TOLD:
            faults += [f"and {more} more"] if more > 0 else []
        raise ClaimError(f"{listed(out, faults)}\nThe output does not hold. Make it anew.")


def echo_verdict(verdict: Verdict, language: Language) -> None:
    """Write what was checked, claimed and found."""
    unit = UNITS[verdict.objective]
    table = Table(title=None, box=None, pad_edge=False)
    heads = [phrase(key, language) for key in ("claimed", "computed")]
    for column in ("", *heads):
        table.add_column(column, justify="left" if not column else "right")
    value, bound, gap = verdict.value, verdict.bound, verdict.gap
    table.add_row(verdict.objective, *(f"{number:,.0f} {unit}" for number in value))
    table.add_row(phrase("bound", language), *(f"{number:,.0f} {unit}" for number in bound))
    table.add_row(phrase("gap", language), *(f"{number:.3%}" for number in gap))
    Console(soft_wrap=True).print(table)
    worst = verdict.worst
    typer.echo(
        phrase(
            "checked",
            language,
            laws=verdict.laws,
            rows=f"{verdict.rows:,}",
            tolerance=f"{worst.tolerance:,.2g}",
            worst=worst,
        )
    )
    typer.echo(proof_in_words(verdict, language))


def proof_in_words(verdict: Verdict, language: Language) -> str:
    """Return what the claimed gap rests on."""
    claimed, proven = (f"{gap:.3%}" for gap in verdict.gap)
    if verdict.broken:
        return phrase("not_all_holds", language)
    if not verdict.searched:
        return phrase("certified", language, claimed=claimed)
    parts = ", ".join(verdict.searched)
    return phrase("searched", language, claimed=claimed, proven=proven, parts=parts)


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """Return the verdict as JSON has it."""
    return {
        "holds": not verdict.broken,
        "objective": verdict.objective,
        "laws": verdict.laws,
        "rows": verdict.rows,
        "worst": str(verdict.worst),
        "value": {"claimed": verdict.value[0], "computed": verdict.value[1]},
        "bound": {"claimed": verdict.bound[0], "proven": verdict.bound[1]},
        "gap": {"claimed": verdict.gap[0], "proven": verdict.gap[1]},
        "rests_on_search": verdict.searched,
        "multipliers_ignored": verdict.ignored,
        "broken": [str(broken) for broken in verdict.broken],
    }
