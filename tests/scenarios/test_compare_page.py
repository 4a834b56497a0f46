"""The page of a comparison in a real browser: linked maps, tables that need no script."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from siting.scenarios.compare import difference, read_output
from siting.scenarios.compare.page import compare_html

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=alert(1)>${1}`"


@pytest.fixture(scope="module")
def compared(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Return the page of two outputs, opened once, and what it did."""
    folder = tmp_path_factory.mktemp("計画 案")
    outputs = [written(folder / name, sites) for name, sites in (("a", "XY"), ("b", "XZ"))]
    html = compare_html(difference(*map(read_output, outputs)), None)
    path = folder / "compare.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    seen: dict[str, Any] = {"html": html, "page": page, "requests": [], "complaints": []}
    page.on("request", lambda request: seen["requests"].append(request.url))
    page.on("pageerror", lambda error: seen["complaints"].append(str(error)))
    page.on("console", lambda said: seen["complaints"].append(said.text))
    page.on("dialog", lambda box: seen["complaints"].append(box.message) or box.dismiss())
    page.goto(path.as_uri())
    yield seen
    page.close()


def written(folder: Path, sites: str) -> Path:
    """Write an output with a hub at each of `sites`, which the source A feeds."""
    (folder / "instance").mkdir(parents=True)
    record = {"study": folder.name, "title_ja": HOSTILE, "title_en": HOSTILE, "status": "limit",
              "objective_jpy": 10.0, "bound_jpy": 9.0, "kgco2e": {"transport": 5.0},
              "cost_jpy": {"facility": {"opening": 10.0}}}  # fmt: skip
    (folder / "plan.json").write_text(json.dumps(record), encoding="utf-8")
    hubs = [[s, "pv_recycling", "large", 2030, HOSTILE, HOSTILE, 1, 9.0, 5.0] for s in sites]
    columns = ["site", "technology", "size", "period", "name_ja", "name_en", "lines",
               "capacity_t", "throughput_t"]  # fmt: skip
    pd.DataFrame(hubs, columns=columns).to_csv(folder / "hubs.csv", index=False)
    flows = [["A", s, "truck", "pv_panel", 2030, "", "", "", "", 5.0, 1.0, 1.0, 1.0] for s in sites]
    columns = ["origin", "destination", "mode", "commodity", "period", "origin_ja", "origin_en",
               "destination_ja", "destination_en", "flow_t", "tkm", "cost_jpy",
               "kgco2e"]  # fmt: skip
    pd.DataFrame(flows, columns=columns).to_parquet(folder / "flows.parquet", index=False)
    places = [[n, HOSTILE, HOSTILE, 35.0 + i, 137.0 + i] for i, n in enumerate("AXYZ")]
    columns = ["node", "name_ja", "name_en", "lat", "lon"]
    pd.DataFrame(places, columns=columns).to_csv(folder / "places.csv", index=False)
    empty = {"sources": "source commodity period supply_t collected_t",
             "sinks": "sink commodity period name_ja name_en inflow_t sales_jpy"}  # fmt: skip
    for name, heads in empty.items():
        pd.DataFrame(columns=heads.split()).to_csv(folder / f"{name}.csv", index=False)
    (folder / "instance" / "periods.csv").write_text("period,years\n2030,10\n", encoding="utf-8")
    return folder


def test_page_asks_for_nothing_and_runs_no_name(compared: dict[str, Any]) -> None:
    page = compared["page"]
    assert page.get_attribute("html", "data-ready") == "yes"
    assert len(compared["requests"]) == 1
    assert compared["complaints"] == []
    assert page.locator("img").count() == 0
    assert HOSTILE in page.inner_text("#title-a")


def test_maps_move_and_zoom_together(compared: dict[str, Any]) -> None:
    page = compared["page"]
    pane = "id => document.querySelector(`#${id} .leaflet-map-pane`).style.transform"
    line = "id => document.querySelector(`#${id} .leaflet-control-scale-line`).textContent"
    start, scale = page.evaluate(pane, "map-a"), page.evaluate(line, "map-a")
    page.focus("#map-b")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.evaluate(pane, "map-a") == page.evaluate(pane, "map-b") != start
    for _ in range(4):
        page.click("#map-b .leaflet-control-zoom-out")
    assert page.evaluate(line, "map-a") == page.evaluate(line, "map-b") != scale


def test_site_is_chosen_by_key_and_told_in_both_languages(compared: dict[str, Any]) -> None:
    page = compared["page"]
    page.focus("#sites button")
    page.keyboard.press("Enter")
    assert "Bだけが使う" in page.inner_text("#chosen")
    page.check("#show-en")
    assert "Only in B" in page.inner_text("#chosen")
    assert page.locator('article[lang="ja"]').first.is_hidden()
    page.check("#show-ja")


def test_nothing_hinders_readers(
    compared: dict[str, Any], hindrances: Callable[[Any], list[str]]
) -> None:
    page = compared["page"]
    for language in ("#show-en", "#show-ja"):
        page.check(language)
        assert hindrances(page) == []


def test_tables_need_no_script(browser: Any, compared: dict[str, Any]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(compared["html"])
    text = page.inner_text("main")
    context.close()
    assert "場所と拠点の変化" in text
    assert "Sites and hubs" not in text


def test_same_outputs_give_the_same_page(compared: dict[str, Any], tmp_path: Path) -> None:
    outputs = [read_output(written(tmp_path / n, s)) for n, s in (("a", "XY"), ("b", "XZ"))]
    again = compare_html(difference(*outputs), None)
    assert len(again) > 100_000
    assert again == compare_html(difference(*outputs), None)
