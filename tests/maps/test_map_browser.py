"""The page in a real browser: no requests, no errors, every mark and word where it belongs."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from siting.maps.page import write_map
from siting.outcome import Outcome

pytestmark = pytest.mark.browser
Open = Callable[[Path], Any]


def opened(open_page: Open, folder: Path, outcome: Outcome) -> Any:
    """Return the page of `outcome` opened from a folder with spaces and Japanese in its name."""
    place = folder / "計画 案 1"
    place.mkdir()
    write_map(place / "map.html", outcome)
    return open_page(place / "map.html")


def test_page_asks_for_nothing_and_complains_of_nothing(
    page_from: Open, tmp_path: Path, small: Outcome
) -> None:
    seen = opened(page_from, tmp_path, small)
    assert seen.page.get_attribute("html", "data-ready") == "yes"
    assert len(seen.requests) == 1
    assert seen.complaints == []


def test_hostile_names_stand_as_text(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    seen = opened(page_from, tmp_path, small)
    seen.page.click("#hub-table button")
    seen.page.click("#language")
    assert seen.page.inner_text("#chosen h2") == "<img src=x onerror=alert(1)>"
    assert seen.page.locator("img").count() == 0
    assert "1337" not in seen.page.content()
    assert seen.complaints == []


def test_hub_is_drawn_and_answers_a_click(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    page = opened(page_from, tmp_path, small).page
    assert page.locator(".hub").count() == 1
    page.click(".hub")
    assert page.locator("#chosen").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#chosen").is_hidden()


def test_slider_changes_the_year(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    page = opened(page_from, tmp_path, small).page
    assert page.inner_text("#year") == "2040年"
    assert "102t" in page.inner_text("#hub-table")
    page.focus("#period")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#year") == "2030年"
    assert "60t" in page.inner_text("#hub-table")


def test_language_changes_every_word(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    page = opened(page_from, tmp_path, small).page
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    own = page.inner_text("header") + page.inner_text("#legend") + page.inner_text("#results")
    assert not re.search("[ぁ-んァ-ヶ一-龠]", own.replace("日本語", ""))


def test_keys_reach_the_first_hub(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    page = opened(page_from, tmp_path, small).page
    for key in ("Tab", "Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    assert page.locator("#chosen").is_visible()
    assert "強調表示" in page.inner_text("#announcement")
    assert page.evaluate("document.activeElement.dataset.place") == "2"


def test_box_hides_its_marks(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    page = opened(page_from, tmp_path, small).page
    page.locator("#legend input").first.uncheck()
    assert page.locator(".hub").count() == 0


def test_commodity_filters_hubs(page_from: Open, tmp_path: Path, national: Outcome) -> None:
    page = opened(page_from, tmp_path, national).page
    assert page.locator("#hub-table tbody tr").count() == 42
    page.select_option("#commodity", label="太陽光パネル")
    assert page.locator("#hub-table tbody tr").count() == 14


def test_bare_plan_still_makes_a_page(page_from: Open, tmp_path: Path, bare: Outcome) -> None:
    seen = opened(page_from, tmp_path, bare)
    assert "稼働するハブはありません" in seen.page.inner_text("#hub-table")
    assert seen.complaints == []


def test_national_page_is_ready_soon(page_from: Open, tmp_path: Path, national: Outcome) -> None:
    seen = opened(page_from, tmp_path, national)
    assert seen.complaints == []
    assert seen.page.locator(".folium-map .hub").count() == 42
    assert seen.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") < 6000


def test_paper_is_one_a3_page_with_vector_marks(
    page_from: Open, tmp_path: Path, national: Outcome
) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    seen = opened(page_from, tmp_path, national)
    paper = tmp_path / "map.pdf"
    seen.page.pdf(path=str(paper), prefer_css_page_size=True, print_background=True)
    content = paper.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 119\d(\.\d+)? 84\d", content)
    assert len(content) < 4_000_000
    assert seen.page.locator("body.printing").count() == 0


def test_paper_draws_land_and_flows_as_svg(page_from: Open, tmp_path: Path, small: Outcome) -> None:
    page = opened(page_from, tmp_path, small).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".leaflet-overlay-pane svg path").count() >= 5
    assert page.locator(".folium-map canvas").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".folium-map canvas").count() >= 1


def test_southern_islands_have_an_inset(page_from: Open, tmp_path: Path, national: Outcome) -> None:
    page = opened(page_from, tmp_path, national).page
    assert page.locator(".inset canvas").count() == 2
    assert page.locator(".inset .leaflet-control").count() == 0
    assert "南西諸島" in page.inner_text(".inset")
