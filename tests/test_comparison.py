"""Truck, rail and ship on real layers, every ninetieth municipality: laws, tables and faults."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from siting import pipeline
from siting.comparison import SETS, SUMMED, compare_modes, with_modes
from siting.config import Study, read_config
from siting.errors import ConfigError
from siting.outcome import Comparison, Outcome
from siting.pipeline import Gathered
from siting.report.modes import write_modes

ROOT = Path(__file__).parents[1]
NO_STEP = lambda _: None  # noqa: E731
GAP = 1e-3


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study of scrap and solar panels at the eco-towns, two periods."""
    study = yaml.safe_load((ROOT / "configs" / "japan_three.yaml").read_text(encoding="utf-8"))
    study["study"] = "thin"
    study["periods"] = {"start": 2030, "end": 2040, "step_years": 10}
    kept = ("pv_recycling", "steel_hq_sorting")
    study["technologies"] = {name: study["technologies"][name] for name in kept}
    study["candidates"] = {"from": ["eco_towns"]}
    study["solver"] = {"gap": GAP, "time_limit_s": 20, "arcs_per_source": 30}
    folder = tmp_path_factory.mktemp("study")
    (folder / "params").symlink_to(ROOT / "configs" / "params")
    found = folder / "thin.yaml"
    found.write_text(yaml.safe_dump(study, allow_unicode=True), encoding="utf-8")
    return found


def thinned(gathered: Gathered) -> Gathered:
    """Return `gathered` with waste in every ninetieth municipality only."""
    layers = gathered.layers
    towns = layers.municipalities.index[::90]
    known = [getattr(layers, name) for name in ("generation", "pv_waste")]
    kept = [table[table.index.isin(towns, level="code")] for table in known]
    layers = replace(layers, generation=kept[0], pv_waste=kept[1])
    return replace(gathered, layers=layers)


@pytest.fixture(scope="module")
def gathered(path: Path) -> Gathered:
    config = read_config(path)
    assert isinstance(config.study, Study)
    return thinned(pipeline.gather(config, config.study, None, NO_STEP))


@pytest.fixture(scope="module")
def comparison(path: Path, gathered: Gathered) -> Comparison:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "gather", lambda *_: gathered)
        return compare_modes(path, None, NO_STEP)


@pytest.fixture(scope="module")
def planned(gathered: Gathered) -> Callable[[dict[str, float]], Outcome]:
    """Return a function that solves the study with other figures."""

    def solve(overrides: dict[str, float]) -> Outcome:
        study = with_modes(gathered.study, SETS[-1]).model_copy(update={"overrides": overrides})
        return pipeline.solved(pipeline.prepare_study(gathered, study), 0.0, NO_STEP)

    return solve


def test_every_set_of_modes_is_solved_with_no_other_mode(comparison: Comparison) -> None:
    assert list(comparison.runs) == ["truck", "truck+rail", "truck+ship", "truck+rail+ship"]
    for modes, run in comparison.runs.items():
        assert run.plan.gap <= 0.05, modes
        used = set(run.plan.flows.index.unique("mode"))
        assert used <= set(modes.split("+"))


def test_adding_a_mode_never_raises_the_cost(comparison: Comparison) -> None:
    cost = {modes: run.plan.objective_jpy for modes, run in comparison.runs.items()}
    one_yen = 1.0
    for fewer, more in [("truck", "truck+rail"), ("truck", "truck+ship")]:
        assert cost[more] <= cost[fewer] + one_yen
        assert cost["truck+rail+ship"] <= cost[more] + one_yen
    assert cost["truck+rail+ship"] < cost["truck"]


def test_higher_carbon_price_never_raises_emissions(
    planned: Callable[[dict[str, float]], Outcome],
) -> None:
    prices = (0.0, 10_000.0, 80_000.0)
    found = []
    for price in prices:
        years = (2026, 2030, 2035, 2040)
        run = planned({f"prices/carbon/scenario_base/price_{y}": price for y in years})
        yearly = run.plan.kgco2e["kgco2e_per_yr"].groupby(level="period").sum()
        emitted = float((yearly * run.instance.periods["discount_yr"]).sum())
        found.append((price, emitted, run.plan.objective_jpy - run.plan.bound_jpy))
    for (low, before, unsure), (high, after, unsure_too) in pairwise(found):
        of_the_gap = (unsure + unsure_too) / (high - low) * 1000
        assert after <= before + of_the_gap
    assert found[-1][1] < found[0][1]


def test_offers_are_what_the_plan_paid(comparison: Comparison) -> None:
    arcs = ["origin", "destination", "commodity", "mode"]
    for run in comparison.runs.values():
        flows = run.plan.flows
        paid = (flows["cost_jpy"] / flows["flow_t"]).groupby(level=arcs).first()
        offered = comparison.offers["cost_jpy_per_t"].reindex(paid.index)
        np.testing.assert_allclose(paid, offered, atol=1e-3)


def test_no_mode_chosen_is_dearer_than_another_with_carbon(comparison: Comparison) -> None:
    run = comparison.runs["truck+rail+ship"]
    price = run.instance.periods["carbon_price_jpy_per_t"] / 1000
    offers = comparison.offers
    flows = run.plan.flows.index.to_frame(index=False)
    for period, rows in flows.groupby("period"):
        asked = offers["cost_jpy_per_t"] + price[period] * offers["kgco2e_per_t"]
        lanes = pd.MultiIndex.from_frame(rows[["origin", "destination", "commodity"]])
        least = asked.groupby(level=lanes.names).min().reindex(lanes).to_numpy()
        chosen = asked.reindex(pd.MultiIndex.from_frame(rows[offers.index.names])).to_numpy()
        assert (chosen <= least + 1e-3).all()


def test_legs_of_the_plan_join_up_and_add_up(comparison: Comparison) -> None:
    run = comparison.runs["truck+rail+ship"]
    legs = run.legs.reset_index()
    arc = ["origin", "destination", "mode", "commodity"]
    before = legs.groupby(arc)["to_node"].shift()
    assert (before.isna() | (before == legs["from_node"])).all()
    starts = legs[before.isna() & legs["kind"].isin(["preparation", "haul"])]
    assert (starts["from_node"] == starts["origin"]).all()
    total = legs.groupby(arc)["cost_jpy_per_t"].sum()
    priced = run.instance.arcs["cost_jpy_per_t"].reindex(total.index)
    np.testing.assert_allclose(total, priced, atol=1e-3)
    assert set(legs["leg_mode"]) >= {"truck", "ship"}
    assert set(SUMMED) <= set(legs.columns)


def test_page_and_tables_are_written(comparison: Comparison, tmp_path: Path) -> None:
    write_modes(tmp_path, comparison)
    page = (tmp_path / "modes.html").read_text(encoding="utf-8")
    assert len(page) < 1_000_000
    assert "http" not in page.split("</style>")[-1].replace("http://www.w3.org/2000/svg", "")
    runs = pd.read_csv(tmp_path / "modes_runs.csv")
    assert len(runs) >= 4
    assert len(pd.read_csv(tmp_path / "modes_lanes.csv")) > 10


def test_improved_method_changes_emissions_and_nothing_of_the_prices(gathered: Gathered) -> None:
    tables = []
    for method in ("conventional", "improved"):
        transport = gathered.study.transport.model_copy(update={"co2_method": method})
        study = gathered.study.model_copy(update={"transport": transport})
        tables.append(pipeline.prepare_study(gathered, study).assembled.instance.arcs)
    both = tables[0].index.intersection(tables[1].index)
    assert len(both) > 0.9 * len(tables[0])
    fleet, improved = (table.loc[both] for table in tables)
    assert (fleet["cost_jpy_per_t"] == improved["cost_jpy_per_t"]).all()
    is_truck = both.get_level_values("mode") == "truck"
    assert (fleet["kgco2e_per_t"] != improved["kgco2e_per_t"])[is_truck].all()


def test_study_with_its_own_tables_has_no_modes_to_compare() -> None:
    with pytest.raises(ConfigError, match="has its own arcs"):
        compare_modes(ROOT / "configs" / "toy.yaml", None, NO_STEP)
