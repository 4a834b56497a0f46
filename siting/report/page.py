"""The committee's paper as one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from siting.inline import data_tag, digest
from siting.report.paper.annex import provenance_section
from siting.report.paper.paper import paper
from siting.report.paper.quoted import other_language
from siting.report.viewpoints.eleven import viewpoints
from siting.report.words import label
from siting.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from siting.outcome import Outcome
    from siting.report.paper.paper import Paper
    from siting.report.paper.section import Section
    from siting.report.viewpoints.table import Viewpoint
    from siting.text import Language

LANGUAGES: tuple[Language, Language] = ("ja", "en")
TEMPLATES = "templates"


def report_html(
    outcome: Outcome,
    views: Sequence[Viewpoint] | None = None,
    more: Mapping[Language, Sequence[Section]] | None = None,
) -> str:
    """Return the report: Japanese first, English at a switch, the provenance shared by both.

    Parameters
    ----------
    views : as ``viewpoints`` returns them; made here if not given.
    more : language to sections made elsewhere, such as a front found beside the plan.
    """
    views = viewpoints(outcome) if views is None else views
    added = more or {}
    papers = [paper(outcome, key, views, added.get(key, ())) for key in LANGUAGES]
    return page_html(papers, [provenance_section(outcome)], outcome)


def page_html(
    papers: Sequence[Paper],
    closing: Sequence[Section],
    outcome: Outcome,
    extra_style: str = "",
) -> str:
    """Return `papers`, one for each language, and `closing` as a page; `outcome` names its source.

    Parameters
    ----------
    extra_style : style sheet of the page's own, after the common one.
    """
    foot = (outcome.study, outcome.provenance.config_sha256[:12])
    return typeset(papers, closing, foot, Extra(style=extra_style))


@dataclass(frozen=True)
class Extra:
    """What a page has beyond the paper.

    Attributes
    ----------
    style : style sheet after the common one.
    middle : HTML behind the papers, before the later ones.
    later : what follows it, one paper for each language, without title.
    data : JSON for the scripts by id of its tag; it stands in the page with every ``<`` escaped.
    scripts : code that runs after the page stands, each allowed by its digest.
    """

    style: str = ""
    middle: str = ""
    later: Sequence[Paper] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    scripts: Sequence[str] = ()


def typeset(
    papers: Sequence[Paper], closing: Sequence[Section], foot: Sequence[str], extra: Extra
) -> str:
    """Return the page; a browser runs and loads nothing but what `extra` brings."""
    engine = Environment(
        loader=PackageLoader("siting.report", TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.globals.update(label=label, other_language=other_language)
    style = files("siting.report").joinpath(TEMPLATES, "report.css").read_text(encoding="utf-8")
    style += extra.style
    return engine.get_template("report.html.j2").render(
        papers=papers,
        annex=closing,
        foot=" · ".join(foot),
        policy=Markup(policy(style, extra.scripts)),
        style=Markup(style),
        middle=Markup(extra.middle),
        later=extra.later,
        scripts=Markup(tags(extra)),
        drawn=Markup,
    )


def policy(style: str, scripts: Sequence[str]) -> str:
    """Return a content security policy that allows just these, by their digests."""
    allowed = " ".join(digest(code) for code in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def tags(extra: Extra) -> str:
    """Return the data and the scripts in their tags."""
    parts = [data_tag(key, value) for key, value in extra.data.items()]
    return "\n".join([*parts, *(f"<script>{code}</script>" for code in extra.scripts)])


def write_report(
    path: Path,
    outcome: Outcome,
    views: Sequence[Viewpoint] | None = None,
    more: Mapping[Language, Sequence[Section]] | None = None,
) -> None:
    """Write the report to `path`; if that fails, an earlier report stays as it was."""
    write_whole(path, report_html(outcome, views, more))
