"""The comparison of modes as one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.modes.answer import answer
from siting.report.modes.facts.run import shares
from siting.report.modes.section.choice import close_section, shift_section
from siting.report.modes.section.distance import curve_section, lot_section
from siting.report.modes.section.lanes import lanes_section
from siting.report.modes.section.runs import runs_section, split_section
from siting.report.modes.words import HOURS, both, label
from siting.report.number import GAS, MONEY, full, percent, percent_up
from siting.report.page import page_html
from siting.report.paper.annex import provenance_section
from siting.report.paper.paper import Paper
from siting.report.paper.section import Section
from siting.text import spoken
from siting.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from siting.report.modes.facts.finding import Findings
    from siting.text import Language

STYLE = """
.runs { break-inside: avoid; }
.runs td:not(:first-child) { white-space: nowrap; }
.runs th, .runs td { padding-left: .35rem; padding-right: .35rem; }
.lane { font-size: 11.5px; line-height: 1.35; table-layout: fixed; }
.lane caption { font-size: 13px; line-height: 1.5; }
.lane .via { display: block; font-size: 10px; color: var(--muted); }
.lane .why { font-weight: 400; font-size: 12px; }
.lane th { padding: .1rem .25rem; font-size: 10.5px; border-top-width: 1px; font-weight: 400; }
.lane td { padding: .15rem .25rem; vertical-align: middle; }
.lane th:first-child { width: 8rem; }
.lane th:nth-child(2) { width: 160px; }
.calls td:nth-child(2), .calls td:nth-child(3) { white-space: nowrap; }
@media print {
  .lane { font-size: 7.5pt; }
  .lane th { font-size: 6.5pt; }
  .lane th:first-child { width: 6.5rem; }
  .lane th, .lane td { padding-left: 2px; padding-right: 2px; }
}
"""


def modes_html(found: Findings) -> str:
    """Return the page: Japanese first, English at a switch, in the dress of the report."""
    source = replace(provenance_section(found.outcome), title=both("source_heading"))
    papers = [paper(found, "ja"), paper(found, "en")]
    return page_html(papers, [source], found.outcome, STYLE)


def write_page(path: Path, found: Findings) -> None:
    """Write the page to `path`; if that fails, an earlier one stays as it was."""
    write_whole(path, modes_html(found))


def paper(found: Findings, language: Language) -> Paper:
    """Return the page in one language."""
    outcome = found.outcome
    sections = [
        runs_section(found, language),
        split_section(found, language),
        lanes_section(found, language),
        close_section(found, language),
        shift_section(found, language),
        curve_section(found, language),
        lot_section(found, language),
        method_section(found, language),
    ]
    return Paper(
        language=language,
        kicker=label("kicker", language),
        title=outcome.title_ja if language == "ja" else outcome.title_en,
        answer=answer(found, language),
        tiles=tiles(found, language),
        sections=[section for section in sections if not section.is_empty],
    )


def tiles(found: Findings, language: Language) -> list[tuple[str, str]]:
    """Return the key figures of the run with the most modes against trucks alone."""
    before, after = found.runs.loc[found.base], found.runs.loc[found.widest]
    split = shares(after, "tkm")
    values = {
        "tile_saving": full(MONEY, after["saving_jpy"], language),
        "tile_saving_yr": full(MONEY, after["saving_jpy_per_yr"], language),
        "tile_gas": full(GAS, before["kgco2e"] - after["kgco2e"], language),
        "tile_driver": full(HOURS, before["driver_h"] - after["driver_h"], language),
        "tile_rail": percent(split["rail"]),
        "tile_ship": percent(split["ship"]),
        "tile_close": f"{len(found.close):,} / {len(found.lanes.table):,}",
        "tile_gap": percent_up(facts.sureness(found.outcome.plan).of_objective),
    }
    return [(label(key, language), value) for key, value in values.items()]


def method_section(found: Findings, language: Language) -> Section:
    """Say what a chain is, how the runs were made, and what is not known."""
    made = found.outcome.provenance
    said = {
        "chain": [label(f"{key}_text", language) for key in ("chain", "run", "price")],
        "model": [made.model],
        "unknowns": made.notes,
    }
    lists = [(label(key, language), [spoken(s, language) for s in said[key]]) for key in said]
    title = label("method_heading", language)
    return Section(title, lists=[(head, items) for head, items in lists if any(items)])
