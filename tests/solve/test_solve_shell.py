"""A model with its sources and arcs appended as arrays is the model that Pyomo writes."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyomo.environ as pyo
import pytest
from solve_case import random_instance

from models import Instance, build_model
from models.objective import OBJECTIVES
from siting.solve.highs import SolverError, relax, search
from siting.solve.line import built_model
from siting.solve.matrix import Array, Matrix, matrix
from siting.solve.shell import Shell, model, shell_model
from siting.solve.shell.arc_term import arc_terms
from siting.solve.shell.built import appended_model
from siting.solve.shell.sample import sample

INF = float("inf")


def with_limits(data: Instance) -> Instance:
    """Return `data` with limits on quantities that flows and what is left have a part in."""
    rows = [("cost_jpy", -INF, 1e12), ("kgco2e", -1e12, 1e12)]
    rows += [("virgin_material_avoided_t", -1e9, INF)]
    columns = ["at_least", "at_most"]
    whole = pd.DataFrame(rows, columns=["quantity", *columns]).set_index("quantity")
    last = data.periods.index[-1]
    limits = pd.concat({last: whole}, names=["period"]).swaplevel()
    return replace(data, limits=limits, horizon_limits=whole)


@pytest.fixture(params=["full", "limited", "random", "two kinds", "services"])
def data(
    request: pytest.FixtureRequest, full: Instance, shared_instance: Callable[..., Instance]
) -> Instance:
    """Return studies that have between them every table."""
    made = {
        "full": lambda: full,
        "limited": lambda: with_limits(full),
        "random": lambda: random_instance(1),
        "two kinds": lambda: random_instance(2, 2, 30.0),
        "services": lambda: shared_instance(0),
    }
    return made[request.param]()


def columns_by_name(m: pyo.ConcreteModel, form: Matrix) -> dict[str, int]:
    """Return the column of each variable that `form` has."""
    return {v.name: place for place, v in enumerate(form.columns) if v is not None}


def order(data: Instance, shell: Shell, m: pyo.ConcreteModel, form: Matrix) -> tuple[Array, Array]:
    """Return where the columns and rows of `form`, which Pyomo wrote, stand in the shell."""
    columns = columns_by_name(shell.m, shell.form)
    for variable, first in ((m.uncollected, shell.first_left), (m.flow, shell.first_flow)):
        columns |= {v.name: first + place for place, v in enumerate(variable.values())}
    named = {id(law): law.name for law in m.component_data_objects(pyo.Constraint)}
    of_shell = {law.name: law for law in shell.m.component_data_objects(pyo.Constraint)}
    rows = {}
    for place, law in enumerate(m.all_supply_is_placed.values()):
        rows[law.name] = [shell.first_supply + place]
    for name, law in of_shell.items():
        rows.setdefault(name, shell.form.rows_of(law))
    at = np.empty(form.a.shape[0], dtype=int)
    for key, places in form.rows.items():
        at[places] = rows[named[key]]
    return np.array([columns[v.name] for v in form.columns]), at


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_columns_and_rows_are_those_of_the_model(data: Instance, objective: str) -> None:
    m = build_model(data, objective)
    form, shell = matrix(m, objective), shell_model(data, objective)
    columns, rows = order(data, shell, m, form)
    whole = shell.form
    assert sorted(rows) == list(range(whole.a.shape[0]))
    assert len(set(columns)) == len(columns)
    assert abs(form.a - whole.a[rows][:, columns]).max() < 1e-12 * abs(form.a).max()
    for name in ("cost", "lower", "upper", "is_integer"):
        np.testing.assert_allclose(getattr(form, name), getattr(whole, name)[columns], atol=1e-12)
    for name in ("row_lower", "row_upper"):
        np.testing.assert_allclose(getattr(form, name), getattr(whole, name)[rows], rtol=1e-12)
    assert whole.offset == pytest.approx(form.offset)
    others = np.setdiff1d(np.arange(len(whole.columns)), columns)
    assert whole.a[:, others].nnz == 0
    assert not whole.cost[others].any()


def test_optimum_is_that_of_the_model(data: Instance) -> None:
    form, shell = matrix(build_model(data)), shell_model(data)
    assert relax(shell.form).objective == pytest.approx(relax(form).objective, rel=1e-7)
    best = [search(f, None, 0.0, 30.0, lambda *_: None).objective for f in (form, shell.form)]
    assert best[1] == pytest.approx(best[0], rel=1e-6)


def test_flows_and_what_is_left_add_up_to_what_arises() -> None:
    data = random_instance(1)
    built = appended_model(data)
    x, pairs = relax(built.form).x, built.shell.pairs
    flow = pd.DataFrame(built.flow_t(data, x), data.arcs.index, data.periods.index)
    sent = flow.groupby(["origin", "commodity"]).sum().reindex(pairs).to_numpy()
    supply_t = data.supply["supply_t"].unstack("period").reindex(pairs).to_numpy()
    np.testing.assert_allclose(sent + x[built.left_places(pairs)], supply_t, rtol=1e-6)
    np.testing.assert_allclose(built.supply_t, supply_t)
    assert sent.sum() > 0


def test_few_sources_and_arcs_stand_for_many(make_wide: Callable[[int], Instance]) -> None:
    few = [sample(make_wide(count)) for count in (50, 100)]
    assert len(few[0].arcs) == len(few[1].arcs) < 20
    assert len(few[1].supply) < 10


@pytest.fixture
def make_wide() -> Callable[[int], Instance]:
    """Return a function that makes an instance with many copies of the sources of a small one."""

    def made(copies: int) -> Instance:
        data = random_instance(1)

        def many(table: pd.DataFrame, level: str) -> pd.DataFrame:
            rows = [table.rename(index=lambda name, n=n: f"{name}-{n}", level=level)
                    for n in range(copies)]  # fmt: skip
            return pd.concat(rows)

        own = data.arcs.index.isin(data.supply.index.unique("source"), level="origin")
        return replace(
            data,
            supply=many(data.supply, "source"),
            baseline=many(data.baseline, "source"),
            arcs=pd.concat([many(data.arcs[own], "origin"), data.arcs[~own]]),
        )

    return made


def test_flow_in_a_row_that_is_not_appended_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "arc_terms", lambda *asked: list(arc_terms(*asked))[:-1])
    with pytest.raises(SolverError, match="coefficients appended"):
        shell_model(random_instance(1))


def test_cost_that_is_not_the_models_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "left_amounts", lambda *_: {})
    with pytest.raises(SolverError, match="costs appended"):
        shell_model(random_instance(1))


def test_side_that_is_not_the_models_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "sides", lambda *_: [("at_most", 0, 1.0)])
    with pytest.raises(SolverError, match="upper sides appended"):
        shell_model(random_instance(1))


def test_flows_are_told_of_whoever_wrote_the_model(data: Instance) -> None:
    written, appended = built_model(data), appended_model(data)
    column = columns_by_name(written.m, written.form)
    x = np.zeros(len(appended.form.columns))
    first = appended.shell.first_flow
    x[first:] = np.arange(1.0, len(x) - first + 1)
    y = np.zeros(len(written.form.columns))
    names = [written.m.flow[arc, t].name for arc in data.arcs.index for t in data.periods.index]
    there = [(column[name], first + n) for n, name in enumerate(names) if name in column]
    mine, theirs = (list(part) for part in zip(*there, strict=True))
    y[mine] = x[theirs]
    told = written.flow_t(data, y)
    expected = np.where(
        np.isin(np.arange(told.size), np.array(theirs) - first).reshape(told.shape),
        appended.flow_t(data, x),
        0.0,
    )
    assert told.shape == (len(data.arcs), len(data.periods))
    assert np.array_equal(told, expected)
