"""Arguments and options that several commands share, and how they answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siting.text import Language

STOPPED_AT_LIMIT = 4

LANGUAGES = ("ja", "en")

LANGUAGE = "siting.language"
"""Where the context of a command keeps the language asked for."""


def spoken_language(context: typer.Context, lang: str) -> str:
    """Return `lang`; if the user gave it, errors are told in it too."""
    if lang not in LANGUAGES:
        raise typer.BadParameter(f"'{lang}' is no language, expected ja or en.")
    source = context.get_parameter_source("lang")
    if source is not None and source.name != "DEFAULT":
        context.meta[LANGUAGE] = lang
    return lang


def error_language(context: typer.Context) -> Language:
    """Return the language to tell errors in: the one asked for, else English."""
    return "ja" if context.meta.get(LANGUAGE) == "ja" else "en"


StudyPath = Annotated[Path, typer.Argument(help="Study YAML, such as configs/japan.yaml.")]
TablesFolder = Annotated[Path, typer.Argument(help="Folder of tables, as in models/README.md.")]
DataFolder = Annotated[
    Path | None, typer.Option("--data", help="Folder of the layers instead of the shipped one.")
]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder the outputs go to.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on the terminal.")]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON on standard output.")]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        envvar="SITING_LANG",
        help="Language of the answer: ja or en; if given, of errors too.",
        callback=spoken_language,
        is_eager=True,
    ),
]
WithoutTargets = Annotated[
    bool, typer.Option("--without-targets", help="What would the market alone collect?")
]
Scenario = Annotated[
    str | None, typer.Option("--scenario", help="Scenario of the study; see siting scenarios.")
]


def language_of(lang: str) -> Language:
    """Return the language asked for; Japanese unless it is English."""
    return "en" if lang == "en" else "ja"


def echo_json(record: Any) -> None:
    """Write `record` as the only thing on standard output."""
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))


def echo_list(sentences: Iterable[str], lang: str) -> None:
    """Write `sentences` as a list."""
    mark = "- " if lang == "en" else "・"
    for sentence in sentences:
        typer.echo(f"{mark}{sentence}")
