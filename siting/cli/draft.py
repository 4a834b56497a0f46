"""Commands before a study is solved: ``init``, ``schema`` and ``check``."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from siting.errors import ConfigError
from siting.text import spoken

SCHEMA = "study.schema.json"
"""File that ``init`` writes beside a study."""

NAME = r"[a-z0-9][a-z0-9_-]*"

if TYPE_CHECKING:
    from siting.check import Checked
    from siting.text import Language


def init(
    name: Annotated[str, typer.Argument(help="Name of the study; NAME.yaml is written here.")],
    case: Annotated[
        int | None, typer.Option(help="Start from this case study.", min=1, max=12)
    ] = None,
    lang: Lang = "ja",
) -> None:
    """Write a study to start from, with remarks, and the schema that editors check it by."""
    from siting.writing import write_whole

    stem = name.removesuffix(".yaml")
    if not re.fullmatch(NAME, stem):
        raise ConfigError(
            f"'{stem}' is no name of a study, expected small letters, digits, - and _."
        )
    path = Path(f"{stem}.yaml")
    if path.exists():
        raise ConfigError.of_file(path, ["the file is there already. Choose another name."])
    text = re.sub(r"(?m)^study: \S+", f"study: {stem}", template(case))
    write_whole(Path(SCHEMA), schema_text())
    write_whole(path, f"# yaml-language-server: $schema={SCHEMA}\n{text}")
    typer.echo(phrase("created", language_of(lang), study=path))


def template(case: int | None) -> str:
    """Return the text of the study of a `case`, or of a small one with remarks."""
    if case is None:
        return (files("siting.cli") / "study.yaml").read_text(encoding="utf-8")
    from siting.figures import params_folder

    configs = params_folder(Path()).parent
    (path,) = configs.glob(f"case{case:02d}_*.yaml")
    return path.read_text(encoding="utf-8")


def schema() -> None:
    """Print the JSON Schema of a study, for editors that complete and check YAML."""
    typer.echo(schema_text(), nl=False)


def schema_text() -> str:
    """Return the JSON Schema of a study."""
    from siting.config import Study

    content = Study.model_json_schema(by_alias=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


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
    key = "no_faults" if "site" in counts else "no_faults_unscreened"
    typer.echo(phrase(key, language, study=study, **counts))


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
