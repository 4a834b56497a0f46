"""The page is one deterministic file, written whole or not at all."""

import json
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from map_studies import NASTY

from siting.errors import LayerError
from siting.maps.data import page_data
from siting.maps.page import SCRIPTS, asset_text, map_html, write_map
from siting.outcome import Outcome


def test_same_outcome_gives_the_same_bytes(small: Outcome) -> None:
    assert map_html(small) == map_html(small)


def test_data_survive_the_page_unchanged(small: Outcome) -> None:
    tag = re.search(
        r'<script type="application/json" id="plan-data">(.*?)</script>', map_html(small)
    )
    assert tag is not None
    assert json.loads(tag[1]) == page_data([small])


def test_no_name_stands_as_markup(small: Outcome) -> None:
    page = map_html(small)
    assert all(name not in page for name in NASTY[:2])
    assert NASTY[3] in page


def test_own_scripts_never_write_markup() -> None:
    code = "".join(asset_text(name) for name in SCRIPTS)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)


def test_every_word_used_is_known(small: Outcome) -> None:
    code = "".join(asset_text(name) for name in (*SCRIPTS, "head.html", "body.html"))
    used = set(re.findall(r'\bword\("(\w+)"', code)) | set(re.findall(r'data-word="(\w+)"', code))
    assert used <= set(page_data([small])["words"])


def test_own_files_stay_short() -> None:
    files = (*SCRIPTS, "page.css", "head.html", "body.html")
    assert all(len(asset_text(name).splitlines()) <= 300 for name in files)


def test_written_file_is_the_page(small: Outcome, tmp_path: Path) -> None:
    write_map(tmp_path / "map.html", small)
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == map_html(small)
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_failed_run_leaves_the_earlier_page(small: Outcome, tmp_path: Path) -> None:
    earlier = tmp_path / "map.html"
    earlier.write_text("earlier")
    with pytest.raises(LayerError):
        write_map(earlier, replace(small, places=small.places.iloc[:1]))
    assert earlier.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [earlier]


def test_national_page_is_small_and_quick(national: Outcome) -> None:
    start = time.perf_counter()
    page = map_html(national)
    assert time.perf_counter() - start < 5.0
    assert len(page.encode()) < 2_500_000


def test_words_stand_in_the_page_before_its_script(small: Outcome) -> None:
    markup = re.sub(
        "<script.*?</script>", "", map_html(replace(small, title_ja="<b>案")), flags=re.S
    )
    assert '<h1 id="title">&lt;b&gt;案</h1>' in markup
    assert '<button type="button" id="home" data-word="home">全体表示</button>' in markup
    assert not re.search(r'data-word="\w+"[^>]*></', markup)
