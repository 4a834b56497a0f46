"""A national study on the real layers, from YAML to files: solar panels, a short search."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from siting import pipeline
from siting.layers import data_folder, read_layers
from siting.outcome import Outcome

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Return the plan of the national study with solar panels alone."""
    study = yaml.safe_load((ROOT / "configs" / "japan_three.yaml").read_text(encoding="utf-8"))
    study["study"] = "panels"
    study["technologies"] = {"pv_recycling": study["technologies"]["pv_recycling"]}
    study["solver"] = {"gap": 0.02, "time_limit_s": 45}
    folder = tmp_path_factory.mktemp("study")
    (folder / "params").symlink_to(ROOT / "configs" / "params")
    path = folder / "panels.yaml"
    path.write_text(yaml.safe_dump(study, allow_unicode=True), encoding="utf-8")
    return pipeline.run(path, None, lambda _: None)


@pytest.fixture(scope="module")
def written(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pipeline.write(outcome, tmp_path_factory.mktemp("out"))


def test_bound_is_true_and_near(outcome: Outcome) -> None:
    assert outcome.plan.bound_jpy <= outcome.plan.objective_jpy
    assert outcome.plan.gap <= 0.10


def test_supply_totals_equal_the_layers(outcome: Outcome) -> None:
    wave = read_layers(data_folder()).pv_waste["supply_t"].groupby(level="year").sum()
    total = outcome.plan.sources["supply_t"].groupby(level="period").sum()
    pd.testing.assert_series_equal(total, wave.reindex(total.index), check_names=False, rtol=1e-12)


def test_targets_are_met(outcome: Outcome) -> None:
    targets = outcome.plan.targets
    assert (targets["shortfall_t"] == 0).all()
    assert (targets["collected_share"] >= targets["min_collected_share"] - 1e-9).all()
    assert (targets["fee_jpy_per_t"] >= 0).all()


def test_mass_balances_at_every_source(outcome: Outcome) -> None:
    flows = outcome.plan.flows["flow_t"].rename_axis(index={"origin": "source"})
    sent = flows.groupby(level=["source", "commodity", "period"]).sum()
    sources = outcome.plan.sources
    off = sources["supply_t"] - sources["uncollected_t"]
    off -= sent.reindex(sources.index, fill_value=0.0)
    assert off.abs().max() <= 1e-6


def test_mass_balances_at_every_site_and_commodity(outcome: Outcome) -> None:
    plan, data = outcome.plan, outcome.instance
    treated = plan.hubs["throughput_t"].groupby(level=["site", "technology", "period"]).sum()
    made = treated.reset_index().merge(data.recipes.reset_index(), on="technology")
    made["t"] = made["throughput_t"] * (made["yield_t_per_t"] - made["input_t_per_t"])
    keys = ["site", "commodity", "period"]
    rest = made.groupby(keys)["t"].sum()
    flows = plan.flows["flow_t"]
    for end, sign in (("destination", 1), ("origin", -1)):
        moved = flows.rename_axis(index={end: "site"}).groupby(level=keys).sum()
        rest = rest.add(sign * moved.reindex(rest.index, fill_value=0.0))
    rest -= plan.disposals["disposal_t"].reindex(rest.index, fill_value=0.0)
    assert rest.abs().max() <= 1e-6


def test_no_hub_treats_more_than_it_can(outcome: Outcome) -> None:
    hubs = outcome.plan.hubs
    assert (hubs["throughput_t"] <= hubs["capacity_t"] + 1e-6).all()


def test_plan_json_keeps_the_contract(written: Path) -> None:
    plan = json.loads((written / "plan.json").read_text(encoding="utf-8"))
    parts = [cost for block in plan["cost_jpy"].values() for cost in block.values()]
    assert sum(parts) == pytest.approx(plan["objective_jpy"], rel=1e-9)
    assert {"status", "objective_jpy", "bound_jpy", "gap", "build_s", "solve_s"} <= set(plan)
    assert len(plan["layer_sha256"]) == len(list(data_folder().glob("*.*"))) - 2
    assert plan["peak_rss_mib"] < 4096


@pytest.mark.browser
def test_map_opens_without_a_request_or_an_error(
    written: Path, page_from: Callable[[Path], Any]
) -> None:
    seen = page_from(written / "map.html")
    seen.page.wait_for_timeout(1500)
    assert seen.requests == [(written / "map.html").as_uri()]
    assert seen.complaints == []


@pytest.mark.browser
def test_report_opens_without_a_request_or_an_error(
    written: Path, page_from: Callable[[Path], Any]
) -> None:
    seen = page_from(written / "report.html")
    assert len(seen.requests) == 1
    assert seen.complaints == []
    assert (written / "report.html").stat().st_size < 1_000_000
