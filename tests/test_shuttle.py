"""The study of scheduled lines, from YAML to files: each runs where it pays, and is then used."""

from pathlib import Path

import pandas as pd
import pytest

from siting import pipeline
from siting.outcome import Outcome

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return pipeline.run(ROOT / "configs" / "shuttle.yaml", None, lambda _: None)


def test_every_line_runs_or_not_and_is_full_enough_where_it_does(outcome: Outcome) -> None:
    services = outcome.plan.services
    assert set(services.index.unique("service")) == set(outcome.instance.services.index)
    assert set(services["running"]) <= {0.0, 1.0}
    limits = outcome.instance.services.reindex(services.index.get_level_values("service"))
    on = (services["running"] > 0).to_numpy()
    assert on.any()
    load_t = services["carried_t"].to_numpy()
    assert (load_t[on] >= limits["min_lot_t"].to_numpy()[on] - 1e-3).all()
    assert (load_t <= limits["capacity_t"].to_numpy() * on + 1e-3).all()


def test_a_year_of_a_line_costs_its_booking(outcome: Outcome) -> None:
    services = outcome.plan.services
    yearly = outcome.instance.services["yearly_cost_jpy"]
    expected = (
        services["running"] * yearly.reindex(services.index.get_level_values("service")).to_numpy()
    )
    pd.testing.assert_series_equal(services["cost_jpy"], expected, check_names=False)
    paid = outcome.plan.costs.xs("services", level="part")["cost_jpy_per_yr"].droplevel("block")
    by_period = services["cost_jpy"].groupby(level="period").sum()
    pd.testing.assert_series_equal(paid, by_period, check_names=False)


def test_limited_port_handles_no_more_than_its_berths(outcome: Outcome) -> None:
    berths = outcome.plan.berths
    assert len(berths)
    assert (berths["handled_t"] <= berths["capacity_t_per_yr"] + 1e-3).all()


def test_bound_covers_services_and_berths(outcome: Outcome) -> None:
    assert outcome.plan.bound_jpy <= outcome.plan.objective_jpy
    assert outcome.plan.gap <= 0.02


def test_services_and_berths_are_written(outcome: Outcome, tmp_path: Path) -> None:
    folder = pipeline.write(outcome, tmp_path)
    for name in ("services", "berths"):
        table = pd.read_csv(folder / f"{name}.csv", encoding="utf-8-sig")
        assert len(table) == len(getattr(outcome.plan, name))
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert "sendai-kawasaki" in report
    assert "取扱量に上限のある港湾" in report
