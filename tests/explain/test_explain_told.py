"""What was found in the words of the user, with file and line, as text, JSON and a table."""

import json
from pathlib import Path

import pandas as pd
import pytest
from filled_case import filled
from planted import budget
from typer.testing import CliRunner, Result

from models import Instance
from models.elastic import elastic_model
from siting.cli import app
from siting.config import read_config
from siting.explain.change import Change, rounded
from siting.explain.where import FolderPlaces, StudyPlaces
from siting.explain.words import CHANGES, LIMITS, Speaker

ROOT = Path(__file__).parents[2]
TOY = ROOT / "configs" / "toy.yaml"
NAMELESS = pd.DataFrame(columns=["name_ja", "name_en"])


def asked(*words: str) -> Result:
    return CliRunner().invoke(app, ["explain", *words, "--quiet"])


@pytest.fixture
def folder(toy: Instance, tmp_path: Path) -> Path:
    made = tmp_path / "narrow" / "instance"
    made.mkdir(parents=True)
    budget(toy).write(made)
    return made


def test_every_kind_of_limit_has_its_words(toy: Instance) -> None:
    data = filled(toy)
    for language in ("ja", "en"):
        speaker = Speaker(data, NAMELESS, language)
        for limit in elastic_model(data)[1]:
            told = speaker.says(limit)
            assert told
            assert "{" not in told
            change = Change(limit.table, limit.rows[0], limit.column, limit.amount, 0.5)
            assert "{" not in speaker.asks(limit, change)
    assert set(CHANGES) - {"raise", "lower"} <= set(LIMITS)


def test_limit_is_rounded_to_the_side_where_it_gives_way() -> None:
    assert rounded(100.0, 23.456, up=True) == 123.5
    assert rounded(100.0, -23.456, up=False) == 76.5
    assert rounded(-5e7, 5.13e7, up=True) == 1.3e6
    assert rounded(0.0, 12.0000000001, up=True) == 12.0


def test_folder_without_a_plan_is_answered_with_lines_of_its_tables(folder: Path) -> None:
    out = folder.parents[1] / "out"
    done = asked(str(folder), "--out", str(out), "--lang", "en")
    assert done.exit_code == 3, done.output
    assert "There is no plan: 1 set(s) of limits cannot be kept." in done.stdout
    assert "the budget for opening in 2025, 1.00 m JPY" in done.stdout
    assert f"[{folder / 'budgets.csv'}:2 2025 max_opening_jpy]: 1000000 → 1500000" in done.stdout
    table = pd.read_csv(out / "narrow-explain" / "explain.csv", encoding="utf-8-sig")
    assert set(table["part"]) == {"conflict", "repair"}
    raised = table[(table["part"] == "repair") & (table["table"] == "budgets")]
    assert raised["new"].tolist() == [1_500_000]
    assert raised["jpy"].tolist() == [pytest.approx(4_230_000)]


def test_change_told_of_a_yaml_made_there_leaves_a_plan(tmp_path: Path) -> None:
    study = tmp_path / "tight.yaml"
    rows = (
        "  orders:\n"
        "    - {site: H, technology: plastic_recycling, size: large, period: 2025,\n"
        "       min_lines: 1}\n"
        "  budgets:\n"
        "    - {period: 2025, max_opening_jpy: 1000000}\n"
    )
    text = TOY.read_text(encoding="utf-8").replace("  arcs:\n", f"{rows}  arcs:\n")
    study.write_text(text, encoding="utf-8")
    done = asked(str(study), "--out", str(tmp_path), "--json")
    assert done.exit_code == 3, done.output
    (conflict,) = json.loads(done.stdout)["conflicts"]
    raised = next(r for r in conflict["repairs"] if r["changes"][0]["table"] == "budgets")
    (change,) = raised["changes"]
    assert change["file"] == str(study)
    assert change["key"] == "instance.budgets[0].max_opening_jpy"
    lines = text.split("\n")
    at = change["line"] - 1
    assert "max_opening_jpy" in lines[at]
    lines[at] = lines[at].replace(str(int(change["old"])), str(int(change["new"])))
    study.write_text("\n".join(lines), encoding="utf-8")
    again = asked(str(study), "--out", str(tmp_path), "--json")
    assert again.exit_code == 0, again.output
    answer = json.loads(again.stdout)
    assert answer["feasible"]
    assert answer["plan_jpy"] == pytest.approx(raised["plan_jpy"])


def test_study_with_a_plan_is_told_what_binds_in_japanese(tmp_path: Path) -> None:
    done = asked(str(TOY), "--out", str(tmp_path), "--lang", "ja")
    assert done.exit_code == 0, done.output
    assert "計画はあります(費用の現在価値 403.0万円)。" in done.stdout
    assert "2030年の廃プラスチックの回収目標 90 %" in done.stdout
    assert "4,000円" in done.stdout


def test_run_without_a_plan_points_to_explain(folder: Path) -> None:
    done = CliRunner().invoke(app, ["solve", str(folder), "--quiet", "--lang", "ja"])
    assert done.exit_code == 3
    assert "siting explain STUDY が、両立しない条件と最も安い変更を示します。" in done.stderr


LIMITED = """
limits:
  budget_jpy: {2030: 1e9}
  kgco2e: {2035: 1e6}
  hub_counts:
    - {name: few, technologies: [pv_recycling], at_most: 2}
  site_share: {pv_panel: 0.5}
  disposal_t: {residue: {2035: 100}}
  orders:
    - {site: ET08, technology: pv_recycling, size: large, from: 2030, min_lines: 1}
    - {site: ET08, technology: pv_recycling, size: large, from: 2040, min_lines: 2}
"""


def test_limit_of_a_study_is_found_in_its_yaml_or_in_its_figures(tmp_path: Path) -> None:
    study = tmp_path / "pv.yaml"
    text = (ROOT / "configs" / "case08_pv.yaml").read_text(encoding="utf-8") + LIMITED
    study.write_text(text, encoding="utf-8")
    config = read_config(study)
    names = pd.DataFrame({"points": ["CS08a"], "detail": ["eco_town"]}, index=["ET08"])
    where = StudyPlaces(config, config.study, ROOT / "configs" / "params", names)
    hub = ["site", "technology", "size"]
    expected = [
        (("budgets", "max_opening_jpy", (2030,), ["period"]), "budget_jpy"),
        (("limits", "at_most", ("kgco2e", 2035), ["quantity", "period"]), "kgco2e"),
        (("hub_counts", "at_most", ("few",), ["count"]), "at_most: 2"),
        (("site_shares", "max_share", ("pv_panel", 2025), ["commodity", "period"]), "site_share"),
        (("disposal_limits", "max_disposal_t", ("residue", 2035), ["commodity", "period"]),
         "disposal_t"),
        (("orders", "min_lines", ("ET08", "pv_recycling", "large", 2035), [*hub, "period"]),
         "from: 2030"),
        (("orders", "min_lines", ("ET08", "pv_recycling", "large", 2045), [*hub, "period"]),
         "from: 2040"),
        (("targets", "min_collected_share", ("pv_panel", 2030), ["commodity", "period"]),
         "pv_panel,2030"),
        (("hubs", "max_lines", ("ET08", "pv_recycling", "large"), hub), "pv_recycling,"),
    ]  # fmt: skip
    for place, told in expected:
        spot = where.spot(*place)
        line = Path(spot.path).read_text(encoding="utf-8").splitlines()[spot.line - 1]
        assert told in line, (place, spot)
    plot = where.spot("sites", "plot_m2", ("ET08",), ["site"])
    assert (plot.line, plot.key) == (0, "overrides.choices/site/plot/eco_town")


def test_row_that_no_file_has_is_no_line(tmp_path: Path) -> None:
    (tmp_path / "budgets.csv").write_text("period,max_opening_jpy\n2025,1\n", encoding="utf-8")
    where = FolderPlaces(tmp_path)
    assert where.spot("budgets", "max_opening_jpy", (2025,), ["period"]).line == 2
    assert where.spot("budgets", "max_opening_jpy", (2030,), ["period"]).line == 0
    assert where.spot("sites", "plot_m2", ("H",), ["site"]).line == 0
