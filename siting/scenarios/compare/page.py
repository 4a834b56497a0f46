"""The comparison as one HTML file: linked maps and tables of what differs."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from siting.maps import page
from siting.maps.offline import LEAFLET_CSS, LEAFLET_JS, inline_script, script_text, style_text
from siting.report.number import GAS, MONEY, NONE, full, percent_up
from siting.report.page import LANGUAGES, Extra, typeset
from siting.report.paper.paper import Paper
from siting.report.paper.section import Grid, Section
from siting.scenarios.compare.answer import headlines
from siting.scenarios.compare.grid import sections
from siting.scenarios.compare.marks import all_sites, map_data
from siting.scenarios.compare.words import said

if TYPE_CHECKING:
    import geopandas as gpd

    from siting.scenarios.compare.difference import Difference
    from siting.text import Language


def compare_html(found: Difference, outlines: gpd.GeoDataFrame | None) -> str:
    """Return the page; the same two outputs give the same bytes.

    Parameters
    ----------
    outlines : prefectures to draw under the maps, if they are at hand.
    """
    foot = [f"A: {found.a.study}", f"B: {found.b.study}"]
    heads = [paper(found, language) for language in LANGUAGES]
    later = [Paper(key, "", "", [], [], sections(found, key)) for key in LANGUAGES]
    return typeset(heads, [provenance(found)], foot, maps(found, outlines, later))


def maps(found: Difference, outlines: gpd.GeoDataFrame | None, later: list[Paper]) -> Extra:
    """Return the maps, if the outputs say where their sites lie, and the papers behind them."""
    known = set(found.a.places.index) | set(found.b.places.index)
    if not known & all_sites(found):
        return Extra(style=asset_text("compare.css"), later=later)
    shared = [page.asset_text(name) for name in ("element.js", "line.js")]
    own = "\n".join([*shared, asset_text("compare.js")])
    closure = f'(function () {{\n"use strict";\n{own}\n}})();'
    return Extra(
        style=style_text(LEAFLET_CSS) + asset_text("compare.css"),
        middle=asset_text("compare.html"),
        later=later,
        data={"compare-data": map_data(found, outlines)},
        scripts=[script_text(LEAFLET_JS), inline_script(closure)],
    )


def asset_text(name: str) -> str:
    """Return one of the page's own files."""
    place = files("siting.scenarios.compare").joinpath("assets", name)
    return place.read_text(encoding="utf-8")


def paper(found: Difference, language: Language) -> Paper:
    """Return title, answer and key figures in one language."""
    titles = dict(zip("ab", found.titles(language), strict=True))
    changes = {key: f"{len(found.sites(key)):,}" for key in ("added", "dropped")}
    gas = found.b.kgco2e - found.a.kgco2e
    tiles = [
        (said("tile_cost", language), full(MONEY, found.cost_change_jpy, language)),
        (said("tile_gas", language), full(GAS, gas, language)),
        *((said(f"tile_{key}", language), count) for key, count in changes.items()),
    ]
    return Paper(
        language=language,
        kicker=said("kicker", language),
        title=said("title", language, **titles),
        answer=headlines(found, language),
        tiles=tiles,
    )


def provenance(found: Difference) -> Section:
    """Return which plans these are, how sure they are, and the credit lines of both."""
    records = [found.a.record, found.b.record]
    rows = [
        [said("study", "ja"), *(str(r["study"]) for r in records)],
        [said("config", "ja"), *(str(r.get("config_sha256", NONE))[:16] for r in records)],
        [said("gap", "ja"), *(gap(r.get("gap")) for r in records)],
    ]
    rows += [
        [name, *(str(r.get("versions", {}).get(name, NONE)) for r in records)]
        for name in sorted({n for r in records for n in r.get("versions", {})})
    ]
    credits = list(dict.fromkeys(str(line) for r in records for line in r.get("credits", [])))
    return Section(
        said("source_heading", "ja"),
        grids=[Grid("", [said("what", "ja"), "A", "B"], rows, names=3, style="small")],
        lists=[(said("credits", "ja"), credits)] if credits else [],
        files=["compare.json"],
    )


def gap(value: object) -> str:
    """Return a gap, rounded up."""
    return percent_up(float(value)) if isinstance(value, float | int) else NONE
