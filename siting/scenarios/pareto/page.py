"""The front as one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from siting.report.number import NONE, percent_up, plain, scale
from siting.report.page import page_html
from siting.report.paper.annex import provenance_section
from siting.report.paper.paper import Paper
from siting.report.paper.section import Grid, Section
from siting.scenarios.pareto.answer import answer, rate, rate_text, remarks, shown
from siting.scenarios.pareto.chart import front_chart
from siting.scenarios.pareto.words import GAINED, RATE, SENTENCES, UNITS, sentence
from siting.text import spoken, word

if TYPE_CHECKING:
    from siting.scenarios.pareto.front import Front, Point
    from siting.text import Language


def front_html(front: Front) -> str:
    """Return the page: Japanese first, English at a switch, in the dress of the report."""
    source = provenance_section(front.outcome)
    source = replace(source, title=" / ".join(SENTENCES["source_heading"]))
    return page_html([paper(front, "ja"), paper(front, "en")], [source], front.outcome)


def paper(front: Front, language: Language) -> Paper:
    """Return the page in one language."""
    outcome = front.outcome
    names = {"x": front.x.word(language), "y": front.y.word(language)}
    sections = [
        front_section(front, language),
        hub_section(front, language),
        method_section(front, language),
    ]
    return Paper(
        language=language,
        kicker=sentence("kicker", language, **names),
        title=outcome.title_ja if language == "ja" else outcome.title_en,
        answer=answer(front, language),
        tiles=tiles(front, language),
        sections=[section for section in sections if not section.is_empty],
    )


def tiles(front: Front, language: Language) -> list[tuple[str, str]]:
    """Return the key figures: how many points, the best of each objective, the largest gap."""
    x, y = front.x.word(language), front.y.word(language)
    first, last = front.points[0], front.points[-1]
    return [
        (sentence("tile_points", language), f"{len(front.points)}"),
        (sentence("tile_x", language, x=x), shown(front.x, first.x, language)),
        (sentence("tile_y", language, y=y), shown(front.y, last.y, language)),
        (sentence("tile_gap", language), percent_up(max(p.gap for p in front.points))),
    ]


def front_section(front: Front, language: Language) -> Section:
    """Show the front and the figures of its points."""
    return Section(
        title=sentence("front_heading", language),
        charts=[front_chart((front.x, front.y), front.points, language)],
        grids=[point_grid(front, language)],
        remark=" ".join([sentence("amounts", language), *remarks(front, language)]),
    )


def point_grid(front: Front, language: Language) -> Grid:
    """Return one row per point."""
    x, y = front.x.word(language), front.y.word(language)
    money = scale(UNITS[front.x], [p.x for p in front.points], language)
    other = scale(UNITS[front.y], [p.y for p in front.points], language)
    units = [table[o][1 + (language == "en")] for table, o in ((RATE, front.x), (GAINED, front.y))]
    head = [
        sentence("point", language),
        f"{x} [{money.unit}]",
        f"{y} [{other.unit}]",
        sentence("limit", language, y=y),
        sentence("bound" if front.x.less_is_better else "bound_up", language, x=x),
        sentence("gap", language),
        sentence("rate", language, x=units[0], y=units[1]),
    ]
    rates = [
        "",
        *(rate_text(front, rate(front, *pair), language) for pair in pairwise(front.points)),
    ]
    rows = [
        [
            str(n),
            money.text(point.x),
            other.text(point.y),
            sentence("none", language) if point.limit is None else other.text(point.limit),
            money.text(point.bound),
            percent_up(point.gap),
            rates[n - 1] or NONE,
        ]
        for n, point in enumerate(front.points, 1)
    ]
    return Grid("", head, rows)


def hub_section(front: Front, language: Language) -> Section:
    """Show which technologies run at how many sites at every point."""
    keys = ("point", "technology", "sites", "lines", "capacity")
    rows = [row for n, p in enumerate(front.points, 1) for row in hub_rows(front, n, p, language)]
    grid = Grid("", [sentence(key, language) for key in keys], rows, names=2)
    return Section(sentence("hubs_heading", language), grids=[grid] if rows else [])


def hub_rows(front: Front, number: int, point: Point, language: Language) -> list[list[str]]:
    """Return the technologies of one point in the last period, with their sites and lines."""
    hubs = point.plan.hubs
    last = front.outcome.instance.periods.index.max()
    hubs = hubs[(hubs["lines"] > 0) & (hubs.index.get_level_values("period") == last)]
    groups = hubs.reset_index().groupby("technology")
    rows = [
        [
            "",
            word(str(g), language),
            f"{rows['site'].nunique():,}",
            f"{rows['lines'].sum():,}",
            plain(rows["capacity_t"].sum(), 0, language),
        ]
        for g, rows in groups
    ] or [["", sentence("none", language), NONE, NONE, NONE]]
    rows[0][0] = str(number)
    return rows


def method_section(front: Front, language: Language) -> Section:
    """Say how the points were made, and what the plans do not know."""
    names = {"x": front.x.word(language), "y": front.y.word(language)}
    notes = [spoken(note, language) for note in front.outcome.provenance.notes]
    said = [sentence("method", language, **names), *notes]
    return Section(sentence("method_heading", language), lists=[("", said)])
