"""Tables and page of a front say what it is, in both languages, in one file."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from siting import pipeline
from siting.scenarios.objective import Objective
from siting.scenarios.pareto import Front, answer, find_front, front_record, write_front
from siting.scenarios.pareto.beside import front_beside
from siting.scenarios.pareto.chart import front_chart, round_ticks

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"
NO_STEP = lambda _: None  # noqa: E731


@pytest.fixture(scope="module")
def front() -> Front:
    prepared = pipeline.prepare(TOY, None, NO_STEP, targets=False)
    return find_front(prepared, Objective.COST, Objective.KGCO2E, 3, NO_STEP)


@pytest.fixture(scope="module")
def folder(front: Front, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("front")
    write_front(found, front)
    return found


def test_table_has_a_row_per_point_and_what_a_step_costs(folder: Path, front: Front) -> None:
    table = pd.read_csv(folder / "pareto.csv")
    assert list(table["point"]) == [1, 2, 3]
    assert list(table["cost_jpy"]) == pytest.approx([p.x for p in front.points], abs=1)
    assert table["limit_kgco2e"].isna().tolist() == [True, False, False]
    step = (table["cost_jpy"].diff() / -table["kgco2e"].diff() * 1000)[1:]
    assert list(table["given_jpy_per_tco2e"][1:]) == pytest.approx(list(step), rel=1e-3)
    assert (table["hubs"] == 1).all()


def test_hubs_of_every_point_are_listed(folder: Path) -> None:
    hubs = pd.read_csv(folder / "pareto_hubs.csv")
    sizes = hubs.groupby("point")["size"].unique().map(list).to_dict()
    assert sizes == {1: ["small"], 2: ["large"], 3: ["large"]}
    assert set(hubs["name_en"]) == {"Naoshima"}


def test_record_is_json_without_numbers_that_are_none(folder: Path, front: Front) -> None:
    text = (folder / "pareto.json").read_text(encoding="utf-8")
    record = json.loads(text)
    assert record == json.loads(json.dumps(front_record(front)))
    assert "NaN" not in text
    assert (record["x"], record["y"]) == ("cost_jpy", "kgco2e")
    assert record["points"][0]["hubs_running"][0]["size"] == "small"
    assert record["dominated"] == []


def test_page_needs_nothing_else(folder: Path) -> None:
    page = (folder / "pareto.html").read_text(encoding="utf-8")
    assert page.count("<article") == 2
    assert "<script" not in page
    assert not re.search(r"(src|href)=", page)
    assert "http" not in page.split("</style>")[-1].replace("http://www.w3.org/2000/svg", "")
    assert "ε制約法" in page
    assert "ε-constraint method" in page


@pytest.mark.browser
def test_nothing_hinders_readers(
    folder: Path, page_from: Callable[[Path], Any], hindrances: Callable[[Any], list[str]]
) -> None:
    page = page_from(folder / "pareto.html").page
    assert hindrances(page) == []
    page.check("#show-en")
    assert hindrances(page) == []


def test_chart_is_a_drawing_with_every_point_inside(front: Front) -> None:
    root = ElementTree.fromstring(front_chart((front.x, front.y), front.points, "en"))
    dots = root.findall("{http://www.w3.org/2000/svg}circle")
    assert len(dots) == 3
    xs, ys = ([float(dot.attrib[name]) for dot in dots] for name in ("cx", "cy"))
    assert xs == sorted(xs)
    assert ys == sorted(ys)
    assert all(84 < x < 612 for x in xs)
    assert all(34 < y < 340 for y in ys)


def test_ticks_are_round_and_inside() -> None:
    ticks, decimals = round_ticks(3.1, 9.7)
    assert ticks == [4, 5, 6, 7, 8, 9]
    assert decimals == 0
    ticks, decimals = round_ticks(-0.31, 0.29)
    assert ticks == pytest.approx([-0.3, -0.2, -0.1, 0, 0.1, 0.2])
    assert decimals == 1


def test_answer_names_both_ends_and_what_a_step_takes(front: Front) -> None:
    said = " ".join(answer(front, "en"))
    assert "For cost (present value) alone: 3.21 m JPY" in said
    assert "4.32 m JPY" in said
    assert "JPY per t CO2e" in said
    assert "proven to be the best" in said
    assert len(answer(front, "ja")) == len(answer(front, "en"))


def test_what_was_dropped_or_not_found_is_said(front: Front) -> None:
    poorer = replace(
        front, dominated=front.points[1:2], without_plan=[-600_000.0], interrupted=True
    )
    said = answer(poorer, "en")
    assert "1 point(s) were dropped" in " ".join(said)
    assert "No plan was found for greenhouse gases limited to -600.0 t CO2e." in said
    assert any("stopped the search" in text for text in said)
    assert len(front_record(poorer)["dominated"]) == 1


@pytest.mark.browser
def test_page_opens_without_complaint(page_from: Callable[..., object], folder: Path) -> None:
    seen = page_from(folder / "pareto.html")
    assert seen.complaints == []  # type: ignore[attr-defined]
    assert len(seen.requests) == 1  # type: ignore[attr-defined]


def test_front_beside_a_plan_stands_in_its_report(front: Front, tmp_path: Path) -> None:
    (tmp_path / f"{front.outcome.study}-pareto").mkdir()
    write_front(tmp_path / f"{front.outcome.study}-pareto", front)
    folder = pipeline.write(front.outcome, tmp_path)
    report = (folder / "report.html").read_text(encoding="utf-8")
    for language in ("ja", "en"):
        assert front_chart((front.x, front.y), front.points, language)[:200] in report
    assert (folder / "pareto.csv").is_file()


def test_front_of_another_study_file_is_left_out(front: Front, tmp_path: Path) -> None:
    (tmp_path / f"{front.outcome.study}-pareto").mkdir()
    write_front(tmp_path / f"{front.outcome.study}-pareto", front)
    made = replace(front.outcome.provenance, config_sha256="0" * 64)
    assert front_beside(tmp_path, front.outcome) is not None
    assert front_beside(tmp_path, replace(front.outcome, provenance=made)) is None
