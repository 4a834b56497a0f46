"""The committee's paper as one HTML file that needs nothing else."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from siting.report.paper.annex import annex
from siting.report.paper.paper import paper

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Outcome

TEMPLATES = "templates"


def report_html(outcome: Outcome) -> str:
    """Return the report: Japanese first, English at a switch, the annex shared by both."""
    engine = Environment(
        loader=PackageLoader("siting.report", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = files("siting.report").joinpath(TEMPLATES, "report.css").read_text(encoding="utf-8")
    return engine.get_template("report.html.j2").render(
        papers=[paper(outcome, "ja"), paper(outcome, "en")],
        annex=annex(outcome),
        study=outcome.study,
        digest=outcome.provenance.config_sha256[:12],
        style=Markup(style),
        drawn=Markup,
    )


def write_report(path: Path, outcome: Outcome) -> None:
    """Write the report to `path`; if that fails, an earlier report stays as it was."""
    text = report_html(outcome)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
