"""The page of modes stands alone, speaks two languages and shows hostile names as text."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from modes_example import NASTY, comparison

from siting.report.modes import closing_lines
from siting.report.modes.charts import cost_bar, price_steps
from siting.report.modes.curves import Curve, apart, break_even
from siting.report.modes.facts.finding import Findings, findings
from siting.report.modes.page import modes_html, write_page


@pytest.fixture(scope="module")
def found() -> Findings:
    return findings(comparison())


@pytest.fixture(scope="module")
def html(found: Findings) -> str:
    return modes_html(found)


def cells(html: str, first: str) -> list[str]:
    """Return the cells of the row that begins with `first`."""
    row = re.search(rf"<tr[^>]*><td>{re.escape(first)}</td>(.*?)</tr>", html)
    assert row is not None
    return re.findall(r"<td[^>]*>(.*?)</td>", row[1])


def test_page_is_small_and_asks_for_nothing(html: str) -> None:
    assert len(html.encode()) < 1_000_000
    assert not re.search(r"(src|href)\s*=|url\(\s*['\"]?http|@import|<link|<script", html)
    assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in html


def test_answer_stands_first_in_both_languages(html: str) -> None:
    for language in ("ja", "en"):
        body = html.split(f'<article lang="{language}">')[1]
        first = closing_lines(comparison(), language)[0]  # type: ignore[arg-type]
        assert body.index(first) < body.index("<h2>")


def test_hostile_names_are_text(html: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;試算&gt;" in html
    assert "苫小牧&lt;拠点&gt;" in html


def test_drawings_are_well_formed_and_named(html: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    # per language: 2 splits, the key, 6 bars of the lanes, the carbon price, 1 break-even
    assert len(drawings) == 2 * 11
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.get("role") == "img"
        assert root[0].text


def test_ids_are_unique_and_every_fill_is_drawn(html: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", html)) <= set(ids)


def test_table_of_runs_shows_the_figures(html: str) -> None:
    assert cells(html, "総費用(現在価値) [億円]") == ["36.4", "36.3", "30.2", "30.0"]
    assert cells(html, "トラックだけとの差 [億円]") == ["-", "▲0.05", "▲6.17", "▲6.37"]
    assert cells(html, "その確かさ")[1:3] == ["計算の誤差の範囲内", "5.80億円〜6.48億円"]
    assert cells(html, "分担率(トンキロ): 内航船")[-1] == "23.4 %"
    assert cells(html, "拠点数・ライン数(2040年)") == ["2 / 2", "2 / 2", "1 / 1", "1 / 1"]


def test_lane_shows_its_parts_and_what_has_no_offer(html: str) -> None:
    ship = cells(html, "内航船 67 %")
    assert "苫小牧港 → 仙台塩釜港" in ship[0]
    assert ship[1:6] == ["1,000", "8,000", "1,000", "7,000", ""]
    assert ship[6:] == ["17,000", "28.0", "45", "0.50", "300"]
    assert cells(html, "内航船")[0] == "経路なし"


def test_terminals_of_a_lane_are_text(found: Findings) -> None:
    places = found.outcome.places.assign(name_ja=NASTY)
    runs = found.comparison.runs | {found.widest: replace(found.outcome, places=places)}
    html = modes_html(findings(replace(found.comparison, runs=runs)))
    assert "<script" not in html


def test_page_stands_without_curves_offers_or_flows() -> None:
    made = comparison()
    bare = {
        name: replace(run, plan=replace(run.plan, flows=run.plan.flows.head(0)))
        for name, run in made.runs.items()
    }
    poor = replace(made, curves=made.curves.head(0), crossings=made.crossings.head(0))
    assert "損益分岐" not in modes_html(findings(poor))
    nothing = replace(poor, offers=made.offers.head(0), legs=made.legs.head(0))
    assert "主なレーン" in modes_html(findings(nothing))
    assert "主なレーン" not in modes_html(findings(replace(nothing, runs=bare)))


def test_rare_sailings_are_starred(html: str) -> None:
    assert cells(html, "苫小牧港 → 仙台塩釜港")[-4:] == ["2.00", "500", "4.0", "91 *"]


def test_crossings_are_listed_and_ringed(html: str) -> None:
    assert '<td class="n">429</td>' in html
    assert html.count('r="4" fill="#fff"') == 2 * 3


def test_same_comparison_gives_the_same_page(found: Findings, html: str) -> None:
    assert modes_html(found) == html


def test_failed_write_leaves_the_earlier_page(
    found: Findings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "modes.html"
    path.write_text("earlier", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        write_page(path, found)
    assert path.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_cost_bar_fills_its_width_at_the_top() -> None:
    drawing = cost_bar("t", [300, 700], 1000, "m")
    widths = [float(wide) for wide in re.findall(r'width="([\d.]+)" height="12', drawing)]
    assert widths == [45.0, 105.0]


def test_price_steps_rise_at_their_prices() -> None:
    drawing = price_steps("t", [(20_000.0, 3.0), (50_000.0, 1.0), (2e5, 9.0)], [], ("t/yr", "p"))
    # 548 px for 100,000 JPY from x = 62; 180 px for 4 t up from y = 238; the dearest is outside
    path = "M62.0 238.0H62.0V238.0H171.6V103.0H336.0V58.0H610.0"
    assert f'd="{path}"' in drawing


def test_line_leaves_the_chart_where_it_is_too_dear() -> None:
    cheap = Curve("cheap", "rail", [0.0, 100.0], [0.0, 100.0])
    dear = Curve("dear", "truck", [0.0, 100.0], [0.0, 1000.0])
    drawing = break_even("t", [cheap, dear], [(50.0, 50.0)], ("JPY/t", "km"))
    # the axis ends at 320: the first round number above 2.5 x 100
    assert "dear ↑" in drawing
    assert "cheap ↑" not in drawing
    assert 'stroke-dasharray="9 4"' in drawing


def test_labels_stand_a_line_apart_above_the_foot() -> None:
    assert apart([50.0, 52.0]) == [50.0, 63.0]
    assert apart([190.0, 197.0, 198.0]) == [172.0, 185.0, 198.0]


@pytest.mark.browser
def test_page_opens_without_complaint(
    found: Findings,
    tmp_path: Path,
    page_from: Callable[[Path], Any],
    hindrances: Callable[[Any], list[str]],
) -> None:
    write_page(tmp_path / "modes.html", found)
    seen = page_from(tmp_path / "modes.html")
    assert seen.complaints == []
    assert len(seen.requests) == 1
    assert seen.page.locator('article[lang="en"]').is_hidden()
    assert hindrances(seen.page) == []
    seen.page.check("#show-en")
    assert hindrances(seen.page) == []
    assert seen.page.locator('article[lang="en"] h1').inner_text() == "Hubs for plastics & more"
    wide = seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide
