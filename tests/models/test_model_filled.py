"""Every table at once: each law has rows, is written down and tested, and the sums still hold."""

from pathlib import Path

import pandas as pd
import pyomo.environ as pyo
import pytest
from direct_case import optimum
from filled_case import filled
from model_case import coefficients, imbalance
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from models import Instance, Plan, build_model
from models.objective import OBJECTIVES
from models.plan import COST_PARTS
from models.spec import TABLES

HERE = Path(__file__).parent
README = (HERE.parents[1] / "models" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def full(toy: Instance) -> Instance:
    return filled(toy)


@pytest.fixture(scope="module")
def full_model(full: Instance) -> pyo.ConcreteModel:
    return build_model(full)


@pytest.fixture(scope="module")
def full_plan(full: Instance) -> Plan:
    return optimum(full)


def test_every_table_has_rows(full: Instance) -> None:
    assert [name for name in TABLES if not len(getattr(full, name))] == []


def test_every_law_and_variable_has_an_index(full_model: pyo.ConcreteModel) -> None:
    for kind in (pyo.Constraint, pyo.Var, pyo.Set):
        assert [c.local_name for c in full_model.component_objects(kind) if not len(c)] == []


def test_every_law_is_a_row_of_the_readme_and_in_a_test(full_model: pyo.ConcreteModel) -> None:
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in HERE.glob("test_*.py")
        if path != Path(__file__)
    )
    laws = [law.local_name for law in full_model.component_objects(pyo.Constraint)]
    assert len(laws) > 20
    assert [law for law in laws if f"\n| `{law}` |" not in README] == []
    assert [law for law in laws if f".{law}" not in tests] == []


def test_every_cost_part_depends_on_a_decision(full_model: pyo.ConcreteModel) -> None:
    costs = {part: full_model.component(f"{part}_cost")[2030] for part in COST_PARTS}
    assert [part for part, cost in costs.items() if not coefficients(cost)] == []


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_model_compiles_to_rows_that_all_hold_something(full: Instance, objective: str) -> None:
    m = build_model(full, objective)
    assert [o.local_name for o in m.component_objects(pyo.Objective)] == ["objective"]
    form = LinearStandardFormCompiler().write(m, mixed_form=True)
    assert form.A.shape == (len(form.rows), len(form.columns))
    assert len(set(form.A.indices.tolist())) == len(form.rows)


def test_mass_balances(full: Instance, full_plan: Plan) -> None:
    assert imbalance(full_plan, full).abs().max() <= 1e-6
    assert full_plan.flows["flow_t"].sum() > 0


def test_cost_breakdown_sums_to_the_objective(full: Instance, full_plan: Plan) -> None:
    assert full_plan.costs["present_value_jpy"].sum() == pytest.approx(full_plan.objective_jpy)
    assert full_plan.objective_jpy == pytest.approx(full_plan.bound_jpy, abs=1)
    assert set(full_plan.costs.index.unique("part")) == set(COST_PARTS)


def test_limits_hold_in_the_plan(full: Instance, full_plan: Plan) -> None:
    hubs = full_plan.hubs
    assert full_plan.quantities["amount"].loc["jobs", 2030] >= 5
    land_m2 = hubs.groupby(level=["site", "period"])["land_m2"].sum()
    assert (land_m2 <= full.sites["plot_m2"].reindex(land_m2.index, level="site")).all()
    present = hubs.index.droplevel("size").unique().to_frame(index=False)
    plastic = present[present["technology"] == "plastic_recycling"]
    assert plastic.groupby("period").size().le(1).all()
    assert present.groupby(["site", "period"]).size().le(1).all()


def test_no_plan_is_better_by_any_objective_than_its_own(full: Instance, full_plan: Plan) -> None:
    years = full.periods["years"]
    for name, (_, sign) in OBJECTIVES.items():
        own = optimum(full, name)
        quantity = "cost_jpy" if name == "cost" else name
        cheapest = full_plan.total(quantity, years)
        assert sign * own.objective_value <= sign * cheapest + 1e-6 * abs(cheapest) + 1e-6


def test_filled_folder_reads_back_the_same(full: Instance, tmp_path: Path) -> None:
    full.write(tmp_path)
    again = Instance.read(tmp_path)
    for name in TABLES:
        pd.testing.assert_frame_equal(
            getattr(again, name),
            getattr(full, name),
            check_dtype=False,
            check_index_type=False,
            check_column_type=False,
        )


def test_folder_without_columns_that_have_a_default_reads_the_defaults(
    toy: Instance, tmp_path: Path
) -> None:
    toy.write(tmp_path)
    for name, spec in TABLES.items():
        getattr(toy, name).drop(columns=list(spec.defaults)).to_csv(tmp_path / f"{name}.csv")
    again = Instance.read(tmp_path)
    for name, spec in TABLES.items():
        for column, value in spec.defaults.items():
            assert getattr(again, name)[column].eq(value).all()
    assert optimum(again).objective_jpy == pytest.approx(optimum(toy).objective_jpy)
