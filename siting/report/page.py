"""The committee's paper as one HTML file that needs nothing else."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from siting.report.paper.annex import annex
from siting.report.paper.paper import paper
from siting.report.viewpoints.eleven import viewpoints
from siting.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from siting.outcome import Outcome
    from siting.report.paper.paper import Paper
    from siting.report.paper.section import Section

TEMPLATES = "templates"


def report_html(outcome: Outcome, scenarios: Mapping[str, Outcome] | None = None) -> str:
    """Return the report: Japanese first, English at a switch, the annex shared by both.

    Parameters
    ----------
    scenarios : solved scenarios of the study by name, which answer open questions of the
        viewpoints.
    """
    views = viewpoints(outcome, scenarios)
    papers = [paper(outcome, "ja", views), paper(outcome, "en", views)]
    return page_html(papers, annex(outcome), outcome)


def page_html(
    papers: list[Paper], closing: list[Section], outcome: Outcome, extra_style: str = ""
) -> str:
    """Return `papers`, one for each language, and `closing` as a page; `outcome` names its source.

    Parameters
    ----------
    extra_style : style sheet of the page's own, after the common one.
    """
    engine = Environment(
        loader=PackageLoader("siting.report", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = files("siting.report").joinpath(TEMPLATES, "report.css").read_text(encoding="utf-8")
    return engine.get_template("report.html.j2").render(
        papers=papers,
        annex=closing,
        study=outcome.study,
        digest=outcome.provenance.config_sha256[:12],
        style=Markup(style + extra_style),
        drawn=Markup,
    )


def write_report(
    path: Path, outcome: Outcome, scenarios: Mapping[str, Outcome] | None = None
) -> None:
    """Write the report to `path`; if that fails, an earlier report stays as it was."""
    write_whole(path, report_html(outcome, scenarios))
