"""Eleven sections and files, words in both languages, long tables cut, questions answered."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from siting.outcome import Outcome
from siting.report.paper.paper import paper
from siting.report.tables import SHORT_RUN
from siting.report.viewpoints.eleven import viewpoints
from siting.report.viewpoints.grid import MOST_ROWS, grid
from siting.report.viewpoints.section import viewpoint_section
from siting.report.viewpoints.table import Table, Viewpoint
from siting.report.viewpoints.tidy import tidy
from siting.report.viewpoints.unit import unit_of
from siting.report.viewpoints.words.name import CAPTIONS, HEADS, VALUES
from siting.report.viewpoints.words.sentence import QUESTIONS, QUOTED, REMARKS, TITLES
from siting.report.words import LABELS
from siting.text import WORDS, Language

KEYS = ["material", "economy", "technology", "logistics", "siting", "energy", "data", "feedstock",
        "offtake", "law", "environment"]  # fmt: skip
LANGUAGES: list[Language] = ["ja", "en"]

Views = dict[str, list[Viewpoint]]


def long_table(rows: int) -> Table:
    index = pd.Index([f"N{n:02d}" for n in range(rows)], name="site")
    shares = {"handled_t": np.ones(rows), "used_share": np.full(rows, 0.5)}
    return Table("berths", pd.DataFrame(shares, index=index))


def test_viewpoints_stand_in_the_ministry_s_order(views: Views) -> None:
    assert [view.number for view in views["built"]] == list(range(1, 12))
    assert [view.key for view in views["built"]] == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_follow_transport_and_come_before_the_proof(
    rich: Outcome, views: Views, language: Language
) -> None:
    made = paper(rich, language, views["rich"])
    titles = [section.title for section in made.sections]
    own = [TITLES[key][language == "en"] for key in KEYS]
    first = titles.index(own[0])
    assert titles[first : first + len(own)] == own
    assert titles[first - 1] == LABELS["transport_heading"][language == "en"]
    assert titles[first + len(own)] == LABELS["sureness_heading"][language == "en"]


@pytest.mark.parametrize("words", [CAPTIONS, HEADS, VALUES, TITLES, REMARKS, QUESTIONS, QUOTED])
def test_every_word_is_there_in_both_languages(words: dict[str, tuple[str, str]]) -> None:
    assert all(len(pair) == 2 and all(pair) for pair in words.values())
    same = [key for key, (japanese, english) in words.items() if japanese == english]
    assert same == []


@pytest.mark.parametrize("name", ["rich", "built", "empty"])
def test_every_table_column_and_question_has_words_and_a_unit(name: str, views: Views) -> None:
    for view in views[name]:
        assert {view.key} <= TITLES.keys() & REMARKS.keys()
        assert {q.key for q in view.questions} <= QUESTIONS.keys()
        for table in view.tables:
            assert {table.key, *({table.basis} - {"plan"})} <= CAPTIONS.keys()
            named = {*table.data.index.names, *table.data.columns}
            assert named <= HEADS.keys() | LABELS.keys() | WORDS.keys(), table.key
            assert all(unit_of(column) for column in table.data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_sections_is_a_bare_key(
    rich: Outcome, views: Views, language: Language
) -> None:
    sections = [viewpoint_section(view, rich, language) for view in views["rich"]]
    cells = {cell for s in sections for g in s.grids for row in [g.head, *g.rows] for cell in row}
    assert "太陽光パネル" in cells or "Solar panels" in cells
    assert not [cell for cell in cells if "_" in cell and "<" not in cell]
    assert "nan" not in cells


def test_column_without_a_unit_is_refused() -> None:
    with pytest.raises(KeyError, match="ends in no unit"):
        unit_of("distance")


def test_long_table_is_cut_and_its_rest_summed(built: Outcome) -> None:
    made = grid(long_table(30), built, "en")
    assert len(made.rows) == MOST_ROWS + 1
    assert made.rows[-1] == ["Others (10)", "10", "-"]
    assert made.total[1] == "30"


def test_largest_rows_of_the_last_period_stand_first(built: Outcome) -> None:
    keys = ["site", "period"]
    rows = [("A", 2030, 9.0), ("A", 2040, 1.0), ("B", 2030, 0.0), ("B", 2040, 5.0)]
    data = pd.DataFrame(rows, columns=[*keys, "handled_t"]).set_index(keys)
    assert [row[0] for row in grid(Table("berths", data), built, "en").rows] == ["B", "A"]


def test_yearly_emissions_of_periods_are_not_added_up(built: Outcome, views: Views) -> None:
    view = views["built"][10]
    made = grid(view.tables[0], built, "en")
    assert made.head == ["Part", "2030", "2040"]
    invested = grid(views["built"][1].tables[2], built, "en")
    assert invested.head[-3:] == ["2030", "2040", "Total"]
    assert invested.total[-1] == "4.80"


def test_one_row_too_many_is_not_cut(built: Outcome) -> None:
    assert len(grid(long_table(MOST_ROWS + 1), built, "en").rows) == MOST_ROWS + 1


def test_report_shows_the_last_period_and_the_file_all(rich: Outcome, views: Views) -> None:
    view = views["rich"][0]
    balance = grid(view.tables[0], rich, "en")
    assert balance.names == 1
    found = tidy(view, rich)
    rows = found[(found["table"] == "balance") & (found["commodity"] == "pv_panel")]
    supply = rows[rows["quantity"] == "supply_t"].set_index("period")["value"]
    assert supply.to_dict() == {2030: 1200, 2040: 5000}
    assert set(rows["item_ja"]) == {"太陽光パネル"}


@pytest.mark.parametrize("name", ["rich", "empty"])
def test_tidy_table_has_a_value_or_a_note_in_each_row(
    name: str, views: Views, request: pytest.FixtureRequest
) -> None:
    outcome = request.getfixturevalue(name)
    for view in views[name]:
        found = tidy(view, outcome)
        assert list(found)[:2] == ["table", "basis"]
        is_open = found["table"] == "open_question"
        assert found.loc[~is_open, "value"].notna().all()
        assert found.loc[is_open, "note_en"].notna().all()


def test_question_names_the_run_that_answers_it(built: Outcome, views: Views) -> None:
    notes = list(tidy(views["built"][3], built)["note_en"].dropna())
    assert any("siting run toy.yaml --scenario without_port" in note for note in notes)


def test_solved_scenario_answers_its_question(built: Outcome) -> None:
    dearer = replace(built, plan=replace(built.plan, objective_jpy=built.plan.objective_jpy + 1e9))
    view = viewpoints(built, {"price_up": dearer, "other": built})[1]
    assert view.table("answers").index.to_list() == [("long_run_price", "price_up")]
    assert view.table("answers")["more_cost_jpy"].to_list() == pytest.approx([1e9])
    assert "long_run_price" not in [q.key for q in view.questions]


def test_unsolved_scenario_is_never_invented(views: Views) -> None:
    for view in views["built"]:
        assert "answers" not in [table.key for table in view.tables]


def test_short_run_prices_are_labelled_in_the_price_table(rich: Outcome, rich_folder: Path) -> None:
    table = pd.read_csv(rich_folder / "prices.csv")
    short = table[table["basis"] == SHORT_RUN].set_index(["kind", "node"])["price_jpy_per_t"]
    assert SHORT_RUN == "short-run, given the open hubs"
    assert short["hub", "S01"] == 4000
    assert table["fee_jpy_per_t"].notna().sum() == len(rich.plan.targets)


def test_sites_and_quantities_are_written(rich_folder: Path) -> None:
    sites = pd.read_csv(rich_folder / "sites.csv")
    assert sites["opening_jpy"].sum() == 4e8
    assert pd.read_json(rich_folder / "plan.json", typ="series")["quantities"]["jobs"] == {
        "2030": 20
    }
