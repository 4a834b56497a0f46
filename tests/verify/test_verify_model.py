"""The verifier's own model is the model: every row, column, limit and cost, by name."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest
from solve_case import random_instance, shared_instance
from verify_case import joined, limits_by_name, rows_by_name, whole

from models import Instance, build_model
from models.objective import OBJECTIVES
from siting.errors import ConfigError
from siting.solve.matrix import UNIT, Matrix, matrix
from siting.verify.laws import whole_model
from siting.verify.quantity import AMOUNTS, amount_prices, objective_weights
from siting.verify.table import read_tables

LIMITS_OF_AMOUNTS = {"quantity_within_limit", "horizon_within_limit"}


@pytest.fixture(params=["full", "toy", "shared", "two kinds"])
def data(request: pytest.FixtureRequest, full: Instance, toy: Instance) -> Instance:
    instances = {"full": full, "toy": toy}
    if request.param in instances:
        return instances[request.param]
    return shared_instance(1, 2) if request.param == "shared" else random_instance(2, 2, 30.0)


def index_name(index: Any) -> str:
    return joined(*(index if isinstance(index, tuple) else (index,)))


def compiled_rows(m: pyo.ConcreteModel, form: Matrix) -> Iterator[tuple[str, str, int]]:
    for law in m.component_objects(pyo.Constraint):
        if law.name not in LIMITS_OF_AMOUNTS:
            for index, constraint in law.items():
                for row in form.rows_of(constraint):
                    yield law.name, index_name(index), row


def column_names(form: Matrix) -> list[tuple[str, str]]:
    return [
        ("", "") if v is None else (v.parent_component().name, index_name(v.index()))
        for v in form.columns
    ]


def test_every_row_is_that_of_the_model(data: Instance) -> None:
    m = build_model(data)
    form = matrix(m)
    names = column_names(form)
    by_row = form.a.tocsr()
    model, _ = whole(data)
    mine, limits = rows_by_name(model), limits_by_name(model, "laws")
    seen = set()
    for law, index, row in compiled_rows(m, form):
        entries = slice(by_row.indptr[row], by_row.indptr[row + 1])
        pairs = zip(by_row.indices[entries], by_row.data[entries], strict=True)
        theirs = {names[column]: value for column, value in pairs if value}
        own = mine.get((law, index), {})
        sides = (form.row_lower[row], form.row_upper[row])
        if law == "site_balance" and theirs and theirs != pytest.approx(own):
            theirs = {name: -value for name, value in theirs.items()}
        assert theirs == pytest.approx(own), (law, index)
        assert limits[law, index] == pytest.approx(sides), (law, index)
        seen.add((law, index))
    binding = {
        name for name, sides in limits.items() if np.isfinite(sides).any() and mine.get(name)
    }
    assert binding - seen == set()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_column_has_the_limits_and_cost_of_the_model(data: Instance, objective: str) -> None:
    m = build_model(data, objective)
    form = matrix(m, objective)
    model, tables = whole(data)
    price = amount_prices(tables, objective_weights(tables, objective))
    nothing = {law: np.zeros(family.lower.shape) for law, family in model.laws.items()}
    priced = model.priced(nothing | price)
    limits = limits_by_name(model, "variables")
    costs = dict(zip(limits, np.concatenate([v.ravel() for v in priced.values()]), strict=True))
    for place, name in enumerate(column_names(form)):
        assert limits[name] == pytest.approx((form.lower[place], form.upper[place])), name
        assert costs[name] == pytest.approx(form.cost[place] * UNIT[objective], abs=1e-6), name
        assert model.variables[name[0]].is_whole == bool(form.is_integer[place])


def test_every_law_of_the_model_is_one_of_the_verifier(full: Instance) -> None:
    laws = {law.name for law in build_model(full).component_objects(pyo.Constraint)}
    assert laws - LIMITS_OF_AMOUNTS == set(whole(full)[0].laws) - set(AMOUNTS)


def test_arc_from_a_node_without_its_commodity_is_refused(toy: Instance, tmp_path) -> None:
    toy.write(tmp_path)
    with (tmp_path / "arcs.csv").open("a", encoding="utf-8") as file:
        file.write("Z,H,truck,waste_plastic,1,1,1,1\n")
    with pytest.raises(ConfigError, match=r"ends do not have the commodity: .*'Z'"):
        whole_model(read_tables(tmp_path))


def test_all_faults_of_tables_are_told_at_once(toy: Instance, tmp_path) -> None:
    toy.write(tmp_path)
    (tmp_path / "recipes.csv").unlink()
    hubs = (tmp_path / "hubs.csv").read_text(encoding="utf-8").replace("60", "-60", 1)
    (tmp_path / "hubs.csv").write_text(hubs, encoding="utf-8")
    arcs = (tmp_path / "arcs.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "arcs.csv").write_text("\n".join([*arcs, arcs[1]]), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_tables(tmp_path)
    message = str(caught.value)
    assert "3 faults" in message
    assert "recipes: the table is missing" in message
    assert "hubs: capacity_t is not within 0 to inf" in message
    assert "arcs: rows stand twice: " in message
