"""Modes, ports and stations in a real browser: own colour and dash, legend, panel, filter."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from siting.maps.page import write_map
from siting.outcome import Outcome

pytestmark = pytest.mark.browser
Open = Callable[[Path], Any]

TRUCK, RAIL, SHIP = "#0072B2", "#D55E00", "#009E73"


def on_paper(open_page: Open, folder: Path, outcome: Outcome) -> Any:
    """Return the page drawn as for print, where every mark is an SVG path that can be asked."""
    write_map(folder / "map.html", outcome)
    seen = open_page(folder / "map.html")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert seen.complaints == []
    return seen.page


def drawn(page: Any, colour: str) -> Any:
    """Return the lines on the map in `colour`."""
    return page.locator(f'.leaflet-overlay-pane path[stroke="{colour}"]')


def test_each_mode_has_its_colour_and_dash(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    page = on_paper(page_from, tmp_path, chained)
    assert [drawn(page, colour).count() for colour in (TRUCK, RAIL, SHIP)] == [6, 1, 1]
    truck, rail, ship = (
        drawn(page, colour).first.get_attribute("stroke-dasharray")
        for colour in (TRUCK, RAIL, SHIP)
    )
    assert truck is None
    on, off = (float(part) for part in rail.split())
    assert on > 2 * off
    on, off = (float(part) for part in ship.split())
    assert on < off


def test_filter_hides_the_legs_of_a_mode_and_keeps_their_hauls(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    page = on_paper(page_from, tmp_path, chained)
    page.locator(".modes .box", has_text="内航船").locator("input").evaluate("box => box.click()")
    assert [drawn(page, colour).count() for colour in (TRUCK, RAIL, SHIP)] == [6, 1, 0]


def test_legend_explains_modes_and_terminals(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    page = on_paper(page_from, tmp_path, chained)
    boxes = page.locator("#legend .box")
    for name, shape in (("港湾", SHIP), ("貨物駅", RAIL)):
        assert boxes.filter(has_text=name).locator(f'path[fill="{shape}"]').count() == 1
    dashes = [
        boxes.filter(has_text=name).locator("line").get_attribute("stroke-dasharray")
        for name in ("トラック", "鉄道", "内航船")
    ]
    assert len(set(dashes)) == 3
    assert "1本にまとめて" in page.inner_text("#legend")


def test_plan_by_truck_alone_has_no_terminals(
    page_from: Open, tmp_path: Path, small: Outcome
) -> None:
    write_map(tmp_path / "map.html", small)
    page = page_from(tmp_path / "map.html").page
    assert "港湾" not in page.inner_text("#legend")
    assert page.locator("#terminals").is_hidden()


def test_terminals_are_marked_square_and_diamond(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    page = on_paper(page_from, tmp_path, chained)
    for colour in (SHIP, RAIL):
        marks = page.locator(f'.leaflet-overlay-pane path[fill="{colour}"][stroke="#111"]')
        assert marks.count() == 2


def test_click_on_a_port_tells_what_it_handles(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    write_map(tmp_path / "map.html", chained)
    page = page_from(tmp_path / "map.html").page
    name = page.locator(".name", has_text="大分港").locator("span").bounding_box()
    page.mouse.click(name["x"] - 8, name["y"] + name["height"] / 2)
    panel = page.inner_text("#chosen")
    assert "大分港" in panel
    assert "港湾" in panel
    assert "40t" in panel
    assert "136t" in panel
    assert "関門航路" in panel
    page.keyboard.press("Escape")
    assert page.locator("#chosen").is_hidden()


def test_mouse_over_a_mark_of_the_canvas_tells_what_it_is(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    write_map(tmp_path / "map.html", chained)
    page = page_from(tmp_path / "map.html").page
    name = page.locator(".name", has_text="大分港").locator("span").bounding_box()
    page.mouse.move(name["x"] - 8, name["y"] + name["height"] / 2)
    assert "大分港" in page.inner_text(".tip")
    page.mouse.move(name["x"] - 300, name["y"] - 200)
    page.locator(".tip", has_text="大分港").wait_for(state="detached")


def test_list_of_terminals_leads_to_the_panel(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    page = on_paper(page_from, tmp_path, chained)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.click("#terminal-table button >> text=広島貨物")
    assert "110t" in page.inner_text("#chosen")
    page.click("#language")
    assert "Freight stations" in page.inner_text("#chosen")
    assert page.inner_text("#chosen h2") == "Hiroshima freight"


def test_chosen_hub_keeps_its_whole_chains_bright(
    page_from: Open, tmp_path: Path, chained: Outcome
) -> None:
    page = on_paper(page_from, tmp_path, chained)
    page.locator(".hub").first.dispatch_event("click")
    bright = page.locator('.leaflet-overlay-pane path[stroke-opacity="0.9"]')
    assert bright.count() == 8
