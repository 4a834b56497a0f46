"""The report stands alone, says the gap, and shows hostile names as text."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from siting.outcome import Outcome
from siting.report.page import report_html, write_report
from siting.report.paper.annex import PRINTED_ROWS
from siting.report.summary import gap_in_words


@pytest.fixture(params=["built", "empty"])
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def test_report_is_small_and_asks_for_nothing(name: str, pages: dict[str, str]) -> None:
    html = pages[name]
    assert len(html.encode()) < 1_000_000
    assert not re.search(r"(src|href)\s*=|url\(\s*['\"]?http|@import|<link|<script", html)
    assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in html
    assert "unsafe-inline" not in html


def test_report_says_the_gap_in_both_languages(
    name: str, pages: dict[str, str], request: pytest.FixtureRequest
) -> None:
    html, outcome = pages[name], request.getfixturevalue(name)
    assert gap_in_words(outcome.plan, "ja") in html
    assert gap_in_words(outcome.plan, "en") in html


def test_names_are_shown_as_text(pages: dict[str, str]) -> None:
    html = pages["built"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
    assert "&lt;試算&gt;" in html


def test_every_drawing_is_well_formed_and_named(name: str, pages: dict[str, str]) -> None:
    drawings = re.findall(r"<svg.*?</svg>", pages[name], re.DOTALL)
    assert drawings
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.get("role") == "img"
        assert root[0].tag.endswith("title")
        assert root[0].text


def test_ids_are_unique(pages: dict[str, str]) -> None:
    ids = re.findall(r'\bid="([^"]+)"', pages["built"])
    assert len(ids) == len(set(ids))


def test_same_outcome_gives_the_same_report(
    name: str, pages: dict[str, str], request: pytest.FixtureRequest
) -> None:
    assert report_html(request.getfixturevalue(name)) == pages[name]


def test_missed_target_is_starred_and_its_tonnes_shown(pages: dict[str, str]) -> None:
    html = pages["empty"]
    assert "200,000 *" in html
    assert "どの候補地にも拠点を置かない計画です。" in html


def test_failed_write_leaves_the_earlier_report(
    built: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("earlier", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        write_report(path, built)
    assert path.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_written_report_is_the_rendered_one(
    built: Outcome, pages: dict[str, str], tmp_path: Path
) -> None:
    write_report(tmp_path / "report.html", built)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == pages["built"]
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.browser
def test_report_is_read_and_switched_without_script(browser: Any, pages: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(pages["built"])
    assert "どれだけ確かか" in page.inner_text(".answer >> nth=0")
    assert "How sure" not in page.inner_text("main")
    page.check("#show-en")
    assert "How sure" in page.inner_text("main")
    assert page.locator('article[lang="ja"]').is_hidden()
    wide = page.locator("table").evaluate_all("all => all.map(t => t.scrollWidth)")
    context.close()
    assert max(wide) < 800


@pytest.mark.browser
def test_nothing_hinders_readers_of_the_report(
    page_from: Callable[[Path], Any],
    hindrances: Callable[[Any], list[str]],
    pages: dict[str, str],
    tmp_path: Path,
) -> None:
    (tmp_path / "report.html").write_text(pages["built"], encoding="utf-8")
    page = page_from(tmp_path / "report.html").page
    assert hindrances(page) == []
    page.check("#show-en")
    assert hindrances(page) == []


@pytest.mark.browser
def test_paper_has_the_first_rows_of_a_long_table_and_says_how_many(
    browser: Any, built: Outcome
) -> None:
    long = pd.concat([built.assumptions] * 15, ignore_index=True)
    page = browser.new_page()
    page.set_content(report_html(replace(built, assumptions=long)))
    rows, said = page.locator(".figures >> nth=0").locator("tbody tr"), "初めの40行(全60行)"
    shown = "all => all.filter((row) => row.checkVisibility()).length"
    assert rows.evaluate_all(shown) == 60
    assert said not in page.inner_text("main")
    page.emulate_media(media="print")
    assert rows.evaluate_all(shown) == PRINTED_ROWS == 40
    assert said in page.inner_text("main")
    page.close()


def test_every_table_named_as_a_source_is_written(
    pages: dict[str, str], folders: dict[str, Path]
) -> None:
    named = set(re.findall(r"<code>([^<]+)</code>", pages["built"]))
    assert {"costs.csv", "material_links.csv", "investment.csv", "key_figures.csv"} <= named
    assert named <= {path.name for path in folders["built"].iterdir()}
