"""Scenarios of a study on real layers, every two-hundredth municipality: names, titles, effects."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from siting import pipeline
from siting.config import read_config
from siting.figures import read_csv
from siting.outcome import Outcome
from siting.pipeline import Gathered
from siting.scenarios.future import solve_scenarios

ROOT = Path(__file__).parents[2]
TOY = ROOT / "configs" / "toy.yaml"
NO_STEP = lambda _: None  # noqa: E731

SCENARIOS = {
    "market": {"title_ja": "市場だけ", "title_en": "market alone", "targets": False},
    "cheap": {
        "title_ja": "設備補助",
        "title_en": "capital subsidy",
        "levers": ["L02"],
    },
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the study of solar panels at the eco-towns, by truck, one period, two scenarios."""
    study = yaml.safe_load((ROOT / "configs" / "case08_pv.yaml").read_text(encoding="utf-8"))
    study |= {
        "study": "thin",
        "periods": {"start": 2040, "end": 2040, "step_years": 10},
        "candidates": {"from": ["eco_towns"]},
        "existing": False,
        "modes": ["truck"],
        "solver": {"gap": 1e-4, "time_limit_s": 20, "arcs_per_source": 30},
        "scenarios": SCENARIOS,
    }
    folder = tmp_path_factory.mktemp("study")
    (folder / "params").symlink_to(ROOT / "configs" / "params")
    found = folder / "thin.yaml"
    found.write_text(yaml.safe_dump(study, allow_unicode=True), encoding="utf-8")
    return found


def thinned(gathered: Gathered) -> Gathered:
    """Return `gathered` with waste in every two-hundredth municipality only."""
    layers = gathered.layers
    towns = layers.municipalities.index[::200]
    kept = {
        name: table[table.index.isin(towns, level="code")]
        for name in ("generation", "pv_waste")
        if (table := getattr(layers, name)) is not None
    }
    return replace(gathered, layers=replace(layers, **kept))


@pytest.fixture(scope="module")
def outcomes(path: Path) -> dict[str, Outcome]:
    gather = pipeline.gather
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "gather", lambda *given: thinned(gather(*given)))
        outcome = pipeline.run(path, None, NO_STEP)
        alone = pipeline.run(path, None, NO_STEP, scenario="cheap", targets=False)
        found = solve_scenarios(path, None, NO_STEP, outcome)
    return {"": outcome, "alone": alone, **found}


def test_scenario_is_named_in_study_and_titles(outcomes: dict[str, Outcome]) -> None:
    market = outcomes["market"]
    assert (market.study, market.scenario, market.case) == ("thin-market", "market", 8)
    assert market.title_ja.endswith("― 市場だけ")
    assert market.title_en.endswith(", market alone")
    assert (outcomes[""].study, outcomes[""].scenario) == ("thin", None)


def test_scenario_without_targets_says_both(outcomes: dict[str, Outcome]) -> None:
    alone = outcomes["alone"]
    assert alone.study == "thin-cheap-no-targets"
    assert alone.title_en.endswith(", capital subsidy, no targets (market alone)")
    assert len(alone.instance.targets) == len(alone.instance.regional_targets) == 0


def test_dropping_targets_never_costs_more(outcomes: dict[str, Outcome]) -> None:
    base, market = outcomes[""], outcomes["market"]
    assert len(base.instance.targets) > 0
    assert len(market.instance.targets) == 0
    assert market.plan.objective_jpy <= base.plan.objective_jpy * (1 + 1e-9)


def test_lever_reaches_the_figures_of_the_model(outcomes: dict[str, Outcome]) -> None:
    base, cheap = outcomes[""], outcomes["cheap"]
    ratio = cheap.instance.hubs["opening_jpy"] / base.instance.hubs["opening_jpy"]
    factor = float(
        read_csv(ROOT / "configs" / "params" / "policy_levers.csv")
        .set_index("lever_id")
        .at["L02", "value"]
    )
    assert factor < 1
    assert ratio.to_numpy() == pytest.approx(factor)
    assert cheap.plan.objective_jpy < base.plan.objective_jpy
    assert any("L02" in note for note in cheap.provenance.notes)
    assert not any("L02" in note for note in base.provenance.notes)


def test_scenario_starts_from_the_plan_of_the_study(outcomes: dict[str, Outcome]) -> None:
    plan = outcomes["cheap"].plan
    assert len(plan.known_jpy) == 1
    assert plan.objective_jpy <= plan.known_jpy[0] + 1


def test_study_without_scenarios_has_none_to_solve(outcomes: dict[str, Outcome]) -> None:
    assert solve_scenarios(TOY, None, NO_STEP, outcomes[""]) == {}
    assert read_config(TOY).study.study == "toy"
