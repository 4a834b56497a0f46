"""The page in a real browser: no requests, no errors, every mark and word where it belongs."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from map_studies import small_outcome

from siting.maps.page import write_map
from siting.outcome import Outcome

pytestmark = pytest.mark.browser

CORPUS = (
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "${alert(1)}",
    "`alert(1)`", "</title><script>alert(1)</script>", "javascript:alert(1)",
    "=HYPERLINK(\"http://x\")", "{{ 7 * 191 }}",
)  # fmt: skip


def hostile() -> Outcome:
    """Return an outcome with a hostile text in every name that a study or a layer can give."""
    made = small_outcome(CORPUS[:4])
    towns = pd.DataFrame(
        {"name_ja": [CORPUS[4]], "name_en": [CORPUS[5]], "lat": [34.3], "lon": [131.7]}, ["ET01"]
    )
    origin = replace(
        made.provenance,
        model=CORPUS[1],
        credits=[CORPUS[0], CORPUS[5]],
        versions={"siting": CORPUS[1], "highspy": CORPUS[0]},
        layer_vintage={CORPUS[1]: CORPUS[0]},
    )
    places = made.places.assign(detail=CORPUS[1], confidence=CORPUS[2], pref_ja=CORPUS[0])
    places.loc["h", "name_ja"] = CORPUS[6]
    return replace(
        made, places=places, provenance=origin, eco_towns=towns, title_ja=CORPUS[4],
        title_en=CORPUS[1], study=CORPUS[6],
    )  # fmt: skip


@pytest.fixture(scope="module")
def seen(browser: Any, small: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a page of two plans, opened from a folder with spaces and Japanese in its name."""
    folder = tmp_path_factory.mktemp("計画 案 1")
    dear = replace(small, title_ja="高い炭素価格", title_en="High carbon price", study="dear")
    dear = replace(dear, plan=replace(dear.plan, flows=dear.plan.flows.iloc[:2]))
    towns = pd.DataFrame(
        {
            "name_ja": ["宇部エコタウン"],
            "name_en": ["Ube eco-town"],
            "lat": [33.95],
            "lon": [131.2],
        },
        ["ET01"],
    )
    write_map(folder / "map.html", replace(small, eco_towns=towns), {"dear": dear})
    yield from visit(browser, folder / "map.html")


@pytest.fixture(scope="module")
def large(browser: Any, national: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the page of the national plan."""
    path = tmp_path_factory.mktemp("national") / "map.html"
    write_map(path, national)
    yield from visit(browser, path)


def visit(browser: Any, path: Path) -> Iterator[Any]:
    """Yield the page at `path`; ``requests`` and ``complaints`` fill while it lives."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(f"{said.type}: {said.text}"))
    page.on("dialog", lambda box: (page.complaints.append(box.message), box.dismiss()))
    page.goto(path.absolute().as_uri())
    yield page
    context.close()


@pytest.fixture
def page(seen: Any) -> Any:
    """Return the page of two plans as it opens."""
    seen.reload()
    return seen


def saved(page: Any, button: str) -> bytes:
    """Return the file that a button saves."""
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path()).read_bytes()


def test_page_asks_for_nothing_and_complains_of_nothing(page: Any) -> None:
    page.requests.clear()
    page.reload()
    assert page.get_attribute("html", "data-ready") == "yes"
    assert len(page.requests) == 1
    assert page.complaints == []


def test_nothing_hinders_readers(page: Any, hindrances: Callable[[Any], list[str]]) -> None:
    page.click("#hub-table button")
    page.click("#provenance summary")
    assert hindrances(page) == []
    page.click("#language")
    page.select_option("#shade", "catchment")
    assert hindrances(page) == []


def test_no_name_of_a_study_runs_or_becomes_markup(browser: Any, tmp_path: Path) -> None:
    write_map(tmp_path / "map.html", hostile(), {CORPUS[0]: replace(hostile(), study="b")})
    for page in visit(browser, tmp_path / "map.html"):
        page.click("#hub-table button")
        assert page.inner_text("#chosen h2") == CORPUS[6]
        page.click("#language")
        assert page.inner_text("#chosen h2") == CORPUS[0]
        page.select_option("#scenario", "1")
        assert page.inner_text("h1") == page.title() == CORPUS[1]
        assert CORPUS[0] in page.inner_text("#provenance")
        assert b"'=HYPERLINK" in saved(page, "#csv-hubs")
        saved(page, "#png")
        assert page.locator("img, #plan-data ~ script:not([type]) ~ script").count() == 0
        assert "1337" not in page.inner_text("body")
        assert page.complaints == []


def test_hub_is_drawn_and_answers_a_click(page: Any) -> None:
    assert page.locator(".folium-map .hub").count() == 1
    page.click(".hub")
    panel = page.inner_text("#chosen")
    assert "集荷圏" in panel
    assert "2 市区町村" in panel
    assert page.locator("#chosen svg[role=img]").count() >= 2
    assert "地点の費用と収入" in panel
    assert "地点のCO₂" in panel
    page.keyboard.press("Escape")
    assert page.locator("#chosen").is_hidden()


def test_slider_changes_the_year(page: Any) -> None:
    assert page.inner_text("#year") == "2040年"
    assert "102t" in page.inner_text("#hub-table")
    page.focus("#period")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#year") == "2030年"
    assert "60t" in page.inner_text("#hub-table")


def test_scenario_shows_the_other_plan_and_says_it_was_solved_before(page: Any) -> None:
    page.select_option("#scenario", label="高い炭素価格")
    assert page.inner_text("h1") == "高い炭素価格"
    assert "計算し直さない" in page.inner_text("#legend")
    page.click("#hub-table button")
    assert "40t" not in page.inner_text("#chosen .facts >> nth=1")
    page.select_option("#scenario", "0")
    assert page.inner_text("h1") == "再生プラスチック網の配置計画"


def test_language_changes_every_word(page: Any, small: Outcome) -> None:
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    page.click("#hub-table button")
    own = " ".join(page.inner_text(part) for part in ("header", "#legend", "#results"))
    assert not re.search("[ぁ-んァ-ヶ一-龠]", own.replace("日本語", ""))


def test_keys_reach_the_first_hub_within_five(page: Any) -> None:
    for key in ("Tab", "Enter", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    assert page.locator("#chosen").is_visible()
    assert "強調表示" in page.inner_text("#announcement")
    assert page.evaluate("document.activeElement.dataset.place") == "2"


def test_foot_is_whole_in_a_window_of_900_pixels(large: Any) -> None:
    foot = large.locator("#provenance")
    assert foot.evaluate("it => it.scrollHeight - it.clientHeight") <= 0
    assert large.locator("#provenance details").evaluate("it => it.open") is False
    assert foot.bounding_box()["y"] + foot.bounding_box()["height"] <= 900


def test_search_keeps_the_hubs_that_match(page: Any) -> None:
    page.fill("#search", "no such place")
    assert page.locator("#hub-table tbody tr").count() == 0
    page.fill("#search", "山口")
    assert page.locator("#hub-table tbody tr").count() == 1


def test_boxes_hide_their_marks(page: Any) -> None:
    page.locator(".technologies input").first.uncheck()
    assert page.locator(".folium-map .hub").count() == 0
    page.locator(".technologies input").first.check()
    page.locator("#legend .layer input").first.uncheck()
    assert page.locator(".folium-map .hub").count() == 0


def test_candidate_left_out_has_its_reason_in_the_list(page: Any) -> None:
    row = page.inner_text("#candidate-table tbody")
    assert "置かない計画の方が安い" in row or "近くの発生量が足りない" in row
    assert "83 km" in row


def test_tables_are_saved_for_a_spreadsheet(page: Any) -> None:
    content = saved(page, "#csv-flows")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [float(row["flow_t"]) for row in rows if row["mode"] == "Truck"] == [60, 72]


def test_picture_holds_the_map_and_its_key(page: Any) -> None:
    import PIL.Image

    image = PIL.Image.open(io.BytesIO(saved(page, "#png"))).convert("RGB")
    colours = {colour for _, colour in image.getcolors(1 << 24)}
    assert image.width > 1000
    assert {(0xE6, 0x9F, 0x00), (0x00, 0x72, 0xB2)} <= colours


def test_commodity_filters_hubs(large: Any) -> None:
    assert large.locator("#hub-table tbody tr").count() == 42
    large.select_option("#commodity", label="太陽光パネル")
    assert large.locator("#hub-table tbody tr").count() == 14
    large.select_option("#commodity", "-1")


def test_bare_plan_still_makes_a_page(browser: Any, tmp_path: Path, bare: Outcome) -> None:
    write_map(tmp_path / "map.html", bare)
    for page in visit(browser, tmp_path / "map.html"):
        assert "稼働するハブはありません" in page.inner_text("#hub-table")
        assert page.complaints == []


def test_national_page_is_ready_soon_and_answers_at_once(large: Any) -> None:
    large.reload()
    assert large.locator(".folium-map .hub").count() == 42
    assert large.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") < 6000
    slide = """() => { const s = document.getElementById("period"), t = performance.now();
      s.value = 0; s.dispatchEvent(new Event("input")); return performance.now() - t; }"""
    assert large.evaluate(slide) < 600
    assert large.complaints == []


def test_islands_out_of_view_have_insets(large: Any) -> None:
    assert large.locator(".inset canvas").count() == 2 * large.locator(".inset").count()
    assert "南西諸島" in large.inner_text(".inset-0")
    assert large.locator(".inset .leaflet-control").count() == 0
