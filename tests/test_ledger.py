"""The accounts of the sites sum to the plan, part by part and period by period."""

from pathlib import Path

import pandas as pd
import pytest

from siting import pipeline
from siting.ledger import site_costs, site_gases
from siting.outcome import Outcome

TOY = Path(__file__).parents[1] / "configs" / "toy.yaml"


@pytest.fixture(scope="module")
def solved() -> Outcome:
    """Return the solved four-node example."""
    return pipeline.run(TOY, None, lambda _: None)


def by_period(table: pd.DataFrame) -> dict[str, list[float]]:
    """Return the sum of each column in 2030, the only period with a hub."""
    return {part: table.xs(2030, level="period")[part].sum() for part in table}


def test_costs_of_sites_sum_to_those_of_the_plan(solved: Outcome) -> None:
    own = by_period(site_costs(solved, site_gases(solved)))
    plan = solved.plan.costs["cost_jpy_per_yr"].groupby(level=["part", "period"]).sum()
    parts = plan.xs(2030, level="period")
    assert own["transport_in"] + own["transport_out"] == pytest.approx(parts["transport"])
    for part in ("opening", "running", "handling", "disposal", "market"):
        assert own[part] == pytest.approx(parts[part]), part
        assert parts[part] != 0, part


def test_emissions_of_sites_sum_to_those_of_the_plan(solved: Outcome) -> None:
    own = by_period(site_gases(solved))
    parts = solved.plan.kgco2e["kgco2e_per_yr"].xs(2030, level="period")
    assert own["transport_in"] + own["transport_out"] == pytest.approx(parts["transport"])
    for part in ("conversion", "disposal", "market"):
        assert own[part] == pytest.approx(parts[part]), part
        assert parts[part] != 0, part
