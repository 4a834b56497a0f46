"""Commands before a study is solved: ``init``, ``schema`` and ``check``."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Any

import typer

from siting.cli.fault import fault_record, report_lines
from siting.cli.option import (
    AsJson,
    DataFolder,
    Lang,
    Quiet,
    Scenario,
    StudyPath,
    echo_json,
    error_language,
    language_of,
)
from siting.cli.progress import Told
from siting.cli.words import phrase
from siting.text import spoken

if TYPE_CHECKING:
    from siting.check import Checked
    from siting.text import Language


def check(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    study: StudyPath,
    data: DataFolder = None,
    scenario: Scenario = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
    lang: Lang = "ja",
) -> None:
    """Check a study, its layers and every name in it: all faults at once, nothing is solved."""
    from siting.check import check as checked

    with Told(quiet=quiet or as_json) as told:
        found = checked(study, data, told, scenario)
    if as_json:
        echo_json(check_record(study, found, language_of(lang), error_language(context)))
    elif found.faults:
        typer.echo("\n".join(report_lines(found.faults, error_language(context))), err=True)
    else:
        echo_checked(study, found, language_of(lang))
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def echo_checked(study: Path, found: Checked, language: Language) -> None:
    """Write what a planner may want to know of a study without faults."""
    for note in found.notes:
        typer.echo(spoken(note, language))
    counts = {name: f"{count:,}" for name, count in found.counts.items()}
    typer.echo(phrase("no_faults", language, study=study, **counts))


def check_record(
    study: Path, found: Checked, language: Language, of_faults: Language
) -> dict[str, Any]:
    """Return what was found as JSON has it."""
    return {
        "study": str(study),
        "ok": not found.faults,
        "faults": [fault_record(fault, of_faults) for fault in found.faults],
        "notes": [spoken(note, language) for note in found.notes],
        "counts": found.counts,
    }
