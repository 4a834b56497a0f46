"""Arcs with a limit of their own are known, and parallel arcs have one number."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
from solve_case import indexed, list_columns

from models import Instance
from siting.solve.mode import calling, lanes, on_service, shared

Draw = Callable[..., Instance]
LANE = ["origin", "destination", "commodity"]


def only_lane(data: Instance, offers: dict[str, tuple[float, float]]) -> Instance:
    """Return the toy whose arcs from A are `offers`: mode to JPY/t and kgCO2e/t."""
    lane = data.arcs.xs("A", level="origin", drop_level=False)
    rows = [
        lane.rename(index={"truck": mode}).assign(cost_jpy_per_t=cost, kgco2e_per_t=kgco2e)
        for mode, (cost, kgco2e) in offers.items()
    ]
    others = data.arcs[data.arcs.index.get_level_values("origin") != "A"]
    priced = data.periods.assign(carbon_price_jpy_per_t=[0.0, 10_000.0])
    return replace(data, arcs=pd.concat([*rows, others]), periods=priced)


def with_service(data: Instance, min_lot_t: float) -> Instance:
    services = indexed(list_columns("services"), [("ship:S", 1.0, 10.0, min_lot_t)])
    return replace(data, services=services)


def test_arcs_with_a_limit_are_those_on_a_service_or_at_a_limited_port(toy: Instance) -> None:
    data = only_lane(with_service(toy, 0), {"truck": (1_000, 4), "ship:S": (1, 0), "ship": (5, 4)})
    data = replace(
        data,
        berths=indexed(list_columns("berths"), [("P", 5.0)]),
        calls=indexed(list_columns("calls"), [("P", "A", "H", "ship", "waste_plastic", 1.0)]),
    )
    modes = data.arcs.index.get_level_values("mode")
    assert set(modes[on_service(data)]) == {"ship:S"}
    assert set(modes[calling(data)]) == {"ship"}
    assert shared(data).tolist() == (on_service(data) | calling(data)).tolist()


def test_lane_has_one_number(random_instance: Draw) -> None:
    arcs = random_instance(2).arcs.index
    pairs = pd.Series(lanes(arcs), index=arcs).groupby(level=LANE).nunique()
    assert pairs.eq(1).all()
    assert len(pairs) == len(set(lanes(arcs)))
