"""The page of a screening in a real browser: no requests, both languages, hostile names as text."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from siting.config import read_config
from siting.figures import params_folder
from siting.layers import data_folder, read_layers
from siting.maps.screened.page import on_mercator, page_html, write_page
from siting.screening import screen
from siting.screening.output import candidate_table

STUDY = """\
study: kagawa
title_ja: 香川
title_en: Kagawa
periods: {start: 2030, end: 2030, step_years: 5}
discount_rate: 0.05
carbon_price: none
growth: {pv_panel: base}
technologies: [pv_recycling]
candidates: {from: [eco_towns]}
screening:
  prefectures: [香川県]
  only: [land_share, port, elevation]
  criteria: {port: {exclude_above: 30}}
"""


@pytest.fixture(scope="module")
def kagawa(tmp_path_factory):
    path = tmp_path_factory.mktemp("kagawa") / "study.yaml"
    path.write_text(STUDY, encoding="utf-8")
    config, layers = read_config(path), read_layers(data_folder())
    screened = screen(config, config.study, layers, params_folder(path), lambda _: None)
    said = {"name_ja": "<img src=x onerror=alert(1)>", "name_en": "</script>", "pref_ja": "香川県"}
    rows = [
        said | {"muni_code": "37364", "detail": "eco_towns", "lat": 34.46, "lon": 133.99},
        said | {"muni_code": "37201", "detail": "screening", "lat": 34.2, "lon": 134.0},
    ]
    sites = pd.DataFrame(rows, index=["ET15", "SP1"])
    return screened, candidate_table(screened, sites), layers.prefectures.reset_index()


def test_same_screening_gives_the_same_page(kagawa):
    assert page_html(*kagawa) == page_html(*kagawa)


def test_rows_keep_their_latitude_on_a_mercator_map():
    image = np.arange(200, dtype=np.uint8)[:, None, None].repeat(4, axis=2)
    flat = on_mercator(image, [[20.0, 122.0], [46.0, 154.0]])[:, 0, 0]
    y = np.arctanh(np.sin(np.radians([20.0, 36.0, 46.0])))
    share = (y[2] - y[1]) / (y[2] - y[0])
    assert flat[int(share * len(flat))] == pytest.approx((46 - 36) / 26 * 200, abs=1)


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium")
def test_page_asks_for_nothing_and_answers_in_two_languages(
    page_from, hindrances, tmp_path: Path, kagawa
):
    write_page(tmp_path / "candidates.html", *kagawa)
    seen = page_from(tmp_path / "candidates.html")
    page = seen.page
    assert page.get_attribute("html", "data-ready") == "yes"
    assert "香川" in page.inner_text("h1")
    assert "港湾までの距離" in page.inner_text("#criteria")
    assert "標高" in page.inner_text("#absent")
    assert hindrances(page) == []
    page.click("#sites button >> nth=0")
    page.click("#language")
    assert hindrances(page) == []
    assert page.inner_text("#chosen h2").startswith("</script>")
    assert "Distance to a port" in page.inner_text("#chosen")
    assert [
        request for request in seen.requests if not request.startswith(("data:", "file:"))
    ] == []
    assert seen.complaints == []
