"""The map page of one study: Folium's map, the plan drawn on it, and the words around it."""

import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from pathlib import Path

from siting.maps.data import page_data
from siting.maps.drawing import Drawing, Parts
from siting.maps.offline import LeanMap, SelfContainedFigure, Verbatim
from siting.maps.words import word
from siting.outcome import Outcome
from siting.writing import write_whole

SCRIPTS = (
    "element.js", "reading.js", "plan.js", "line.js", "sheet.js", "marks.js", "hub.js",
    "terminal.js", "legend.js", "panel.js", "account.js", "candidate.js", "saving.js", "name.js",
    "start.js",
)  # fmt: skip
"""Own scripts, in the order in which they build on each other; together one closure."""

MAP_OPTIONS = {
    "min_zoom": 4,
    "max_zoom": 13,
    "zoom_snap": 0.25,
    "zoom_delta": 0.5,
    "prefer_canvas": True,
    "zoom_control": False,
    "attribution_control": False,
}
"""Of Leaflet; Folium drops some of them if given to its constructor without tiles."""


UNWORDED = re.compile(r'(data-word="(\w+)"[^>]*>)(?=</)')
"""An empty element that names its word."""


def asset_text(name: str) -> str:
    """Return one of the page's own files."""
    return files("siting.maps").joinpath("assets", name).read_text(encoding="utf-8")


def worded(markup: str) -> str:
    """Return `markup` with its words in Japanese, which a reader sees before the script runs."""
    return UNWORDED.sub(lambda found: found[1] + escape(word(found[2], "ja")), markup)


def map_html(outcome: Outcome, scenarios: Mapping[str, Outcome] | None = None) -> str:
    """Return the map page of `outcome`; the same outcome gives the same bytes.

    Parameters
    ----------
    scenarios : solved scenarios of the study by name, between which the page switches.

    Raises
    ------
    LayerError
        If a node of the plan has no position.
    AssetError
        If a web library of the page is missing or not the released one.
    """
    data = page_data([outcome, *(scenarios or {}).values()])
    figure = SelfContainedFigure(title=outcome.title_ja)
    top = worded(asset_text("head.html")).replace("TITLE", escape(outcome.title_ja))
    figure.html.add_child(Verbatim(top), "plan_head")
    (south, west), (north, east) = data["view"]
    middle = [round((south + north) / 2, 4), round((west + east) / 2, 4)]
    leaflet = LeanMap(location=middle, tiles=None, zoom_start=5)
    leaflet.options.update(MAP_OPTIONS)
    leaflet._id = "plan"  # Folium's own is random, and the page must not be
    own = "\n".join(asset_text(name) for name in SCRIPTS)
    parts = Parts("plan", asset_text("page.css"), worded(asset_text("body.html")), own)
    leaflet.add_child(Drawing(parts, data), "plan")
    figure.add_child(leaflet, "map")
    page: str = figure.render()
    return page


def write_map(path: Path, outcome: Outcome, scenarios: Mapping[str, Outcome] | None = None) -> None:
    """Write the map page of `outcome` to `path`, whole or not at all."""
    write_whole(path, map_html(outcome, scenarios))
