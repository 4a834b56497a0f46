"""Running lines employ people and pay them, used or not."""

import pytest
from model_case import LARGE, SMALL, coefficients, with_column

from models import Instance, build_model
from siting.solve import Effort, solve


def test_labour_cost_and_jobs_count_running_lines(toy: Instance) -> None:
    staffed = with_column(toy, "hubs", jobs=[12.0, 8.0], labour_jpy_per_yr=[60_000.0, 40_000.0])
    m = build_model(staffed)
    lines = {f"run_hub[{LARGE},2025]", f"run_hub[{SMALL},2025]"}
    assert coefficients(m.jobs[2025]) == {f"run_hub[{LARGE},2025]": 12, f"run_hub[{SMALL},2025]": 8}
    assert coefficients(m.labour_cost[2025]).keys() == lines
    plan = solve(staffed, Effort(gap=0, time_limit_s=20))
    last = plan.hubs.xs(2030, level="period")
    assert plan.quantities["amount"].loc["jobs", 2030] == pytest.approx(last["jobs"].sum())
    assert plan.costs["cost_jpy_per_yr"].loc[("labour", "labour", 2030)] == pytest.approx(
        last["labour_jpy"].sum()
    )
