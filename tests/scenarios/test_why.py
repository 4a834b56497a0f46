"""Regrets hold against optima found another way; what is said, written and refused."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from models import Instance, build_model
from siting import pipeline
from siting.cli import app
from siting.errors import ConfigError
from siting.maps.data import page_data
from siting.pipeline import Prepared
from siting.report.tables import write_tables
from siting.scenarios.why import (
    Question,
    all_regrets,
    answer,
    answer_record,
    ask,
    question_of,
    table_answer,
    table_record,
    write_regrets,
)
from siting.scenarios.why.beside import with_regrets
from siting.scenarios.why.question import site_id
from siting.scenarios.why.regret import Table
from siting.scenarios.why.traffic import IN, OUT
from siting.solve.force import banned, forced
from siting.solve.highs import search
from siting.solve.matrix import UNIT, matrix

ROOT = Path(__file__).parents[2]
TOY = ROOT / "configs" / "toy.yaml"
NO_STEP = lambda _: None  # noqa: E731
KM = {"H": (20, 90), "K": (70, 30), "L": (60, 110), "M": (300, 320)}
"""Sites and their road distances to the two towns [km]; where L is near, H is nearer."""


def four_sites(data: Instance) -> Instance:
    """Return the example with three more sites, each on its own roads."""
    hubs = [data.hubs.rename(index={"H": site}, level="site") for site in KM]
    rows = [
        (town, site, "truck", "waste_plastic", km, km / 50, 600.0 + 90 * km, km / 5)
        for site, ends in KM.items()
        for town, km in zip("AB", ends, strict=True)
    ]
    rows += [
        (site, "J", "truck", "recycled_pellet", 40.0, 1.5, 500.0 + 10 * n, 9.0)
        for n, site in enumerate(KM)
    ]
    arcs = pd.DataFrame(rows, columns=[*data.arcs.index.names, *data.arcs.columns])
    return replace(
        data, hubs=pd.concat(hubs).sort_index(), arcs=arcs.set_index(list(data.arcs.index.names))
    )


def optimum_jpy(data: Instance) -> float:
    """Return the optimum of the whole model, by one search from nothing."""
    return search(matrix(build_model(data)), None, 0, 60, lambda *_: None).objective * UNIT["cost"]


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    found = pipeline.prepare(TOY, None, NO_STEP)
    assembled = found.assembled
    places = pd.concat([assembled.places, *(
        assembled.places.loc[["H"]].rename(index={"H": site}).assign(
            name_ja=f"{site}島", name_en=f"Isle {site}", lat=34.4 + n / 10)
        for n, site in enumerate("KLM")
    )])  # fmt: skip
    return replace(
        found,
        assembled=replace(assembled, instance=four_sites(assembled.instance), places=places),
    )


@pytest.fixture(scope="module")
def question(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Question:
    return question_of(prepared, tmp_path_factory.mktemp("none"), NO_STEP)


@pytest.fixture(scope="module")
def table(question: Question) -> Table:
    return all_regrets(question, 60.0, NO_STEP)


def test_each_regret_is_that_of_solving_anew(question: Question, table: Table) -> None:
    data = question.prepared.assembled.instance
    best = optimum_jpy(data)
    assert {row.way for row in table.regrets} == {IN, OUT}
    assert len(table.regrets) == len(KM)
    for row in table.regrets:
        other = forced(data, row.site) if row.way == IN else banned(data, row.site)
        regret = optimum_jpy(other) - best
        assert row.solved
        assert row.low_jpy - 1e-3 * best <= regret <= row.high_jpy + 1e-3 * best
        assert row.found_jpy == pytest.approx(regret, abs=1e-3 * best)
        assert 0 <= row.gap_jpy <= 1e-3 * best


def test_bounds_alone_hold_too(question: Question, table: Table) -> None:
    unsearched = {row.site: row for row in all_regrets(question, 0.0, NO_STEP).regrets}
    for row in table.regrets:
        known = unsearched[row.site]
        assert not known.solved
        assert known.low_jpy <= row.found_jpy + 1
        assert row.way == OUT or known.high_jpy >= row.found_jpy - 1


def test_one_site_costs_what_the_table_says(question: Question, table: Table) -> None:
    for row in table.regrets:
        found = ask(question, row.site, NO_STEP)
        assert found.regret.found_jpy == pytest.approx(row.found_jpy, abs=10)
        assert found.regret.way == row.way


def test_what_a_site_would_serve_and_what_would_change(question: Question, table: Table) -> None:
    row = min((row for row in table.regrets if row.way == IN), key=lambda row: row.found_jpy)
    found = ask(question, row.site, NO_STEP)
    traffic, data = found.traffic, question.prepared.assembled.instance
    assert traffic is not None
    assert traffic.served_t == pytest.approx(sum(traffic.moved_t.values()) + traffic.uncollected_t)
    wanted = {change.kind: change for change in found.changes or []}
    assert wanted["subsidy"].needed == pytest.approx(found.regret.found_jpy)
    cheap = cheaper(data, row.site, wanted["subsidy"].share + 1e-6)
    assert optimum_jpy(forced(cheap, row.site)) <= optimum_jpy(data) + 1
    short = cheaper(data, row.site, wanted["subsidy"].share - 0.05)
    assert optimum_jpy(forced(short, row.site)) > optimum_jpy(data) + 1


def cheaper(data: Instance, site: str, share: float) -> Instance:
    """Return `data` where a `share` of what opening costs at `site` is paid by others."""
    is_it = data.hubs.index.get_level_values("site") == site
    opening = data.hubs["opening_jpy"].where(~is_it, data.hubs["opening_jpy"] * (1 - share))
    return replace(data, hubs=data.hubs.assign(opening_jpy=opening))


def test_words_in_both_languages(question: Question, table: Table) -> None:
    for row in table.regrets:
        found = ask(question, row.site, NO_STEP)
        for language, sign in (("ja", "円"), ("en", "JPY")):
            text = " ".join(answer(question, found, language))  # type: ignore[arg-type]
            assert sign in text
            assert "{" not in text
    assert table_answer(question, table, "en")[0].startswith("Of 4 candidate sites 1 are in")
    record = answer_record(question, ask(question, "M", NO_STEP))
    assert json.loads(json.dumps(record, allow_nan=False))["way"] == IN


def test_out_of_plan_of_a_site_that_is_not_in_it_changes_nothing(question: Question) -> None:
    found = ask(question, "M", NO_STEP, out_of_plan=True)
    assert (found.regret.way, found.regret.found_jpy) == (OUT, 0.0)
    assert "changes nothing" in " ".join(answer(question, found, "en"))


def test_files_hold_the_table_and_the_map_the_regret(
    question: Question, table: Table, tmp_path: Path
) -> None:
    write_regrets(tmp_path, question, table)
    assert {p.name for p in tmp_path.iterdir()} == {"why.json", "why.csv", "why.html", "map.html"}
    rows = pd.read_csv(tmp_path / "why.csv")
    assert set(rows["site"]) == set(KM)
    record = json.loads((tmp_path / "why.json").read_text(encoding="utf-8"))
    assert record == json.loads(json.dumps(table_record(question, table)))
    page = (tmp_path / "why.html").read_text(encoding="utf-8")
    assert "Isle K" in page
    assert "K島" in page
    outcome = replace(question.outcome, regrets=rows.set_index("site"))
    places = question.prepared.assembled.places
    data = page_data([replace(outcome, places=places)])
    drawn = {data["places"]["key"][row[0]]: row for row in data["plans"][0]["candidates"]}
    for site, row in drawn.items():
        low, high, found = rows.set_index("site").loc[site, ["low_jpy", "high_jpy", "found_jpy"]]
        assert row[-1] == pytest.approx([low, high, found], rel=0.01, abs=1)


def test_map_of_the_same_plan_finds_the_regrets_beside_it(
    question: Question, table: Table, tmp_path: Path
) -> None:
    folder = tmp_path / f"{question.outcome.study}-why"
    folder.mkdir()
    write_regrets(folder, question, table)
    found = with_regrets(tmp_path, question.outcome).regrets
    assert found is not None
    assert set(found.index) == set(KM)
    plan = replace(question.plan, objective_jpy=question.plan.objective_jpy + 5)
    assert with_regrets(tmp_path, replace(question.outcome, plan=plan)).regrets is None
    assert with_regrets(tmp_path / "none", question.outcome).regrets is None


def test_unknown_site_gets_a_hint(prepared: Prepared) -> None:
    places = prepared.assembled.places
    assert site_id(places, "直島") == site_id(places, "Naoshima") == "H"
    with pytest.raises(ConfigError, match=r"site 'Naosima' is unknown\. Did you mean 'Naoshima'"):
        site_id(places, "Naosima")
    twice = places.assign(name_ja="同じ")
    with pytest.raises(ConfigError, match="ambiguous"):
        site_id(twice, "同じ")


def test_command_takes_the_plan_of_a_finished_run(tmp_path: Path) -> None:
    def siting(*words: object) -> Result:
        return CliRunner().invoke(app, ["why", *map(str, words), "--quiet"])

    (tmp_path / "toy").mkdir()
    write_tables(tmp_path / "toy", pipeline.run(TOY, None, NO_STEP))
    done = siting(TOY, "--all", "--json", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["solved_s"] == 0
    assert [row["way"] for row in record["sites"]] == [OUT]
    assert (tmp_path / "toy-why" / "why.html").is_file()
    for words in ((), ("--site", "H", "--all"), ("--all", "--out-of-plan"), ("--site", "Q")):
        assert siting(TOY, *words, "--out", tmp_path).exit_code == 2
