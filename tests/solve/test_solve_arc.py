"""Delivery arcs left out change no optimum."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from solve_case import optimum_jpy

from models import Instance
from siting.solve.arc import collecting, undominated
from siting.solve.mode import shared

Draw = Callable[..., Instance]


def test_collecting_arcs_leave_a_source(toy: Instance) -> None:
    assert collecting(toy).tolist() == [True, True, False]


@pytest.mark.parametrize("seed", range(8))
def test_undominated_keeps_the_optimum(random_instance: Draw, seed: int) -> None:
    data = random_instance(seed)
    smaller = undominated(data)
    assert len(smaller.arcs) < len(data.arcs)
    assert collecting(smaller).sum() == collecting(data).sum()
    assert optimum_jpy(smaller) == pytest.approx(optimum_jpy(data), rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_undominated_counts_the_carbon_of_freight_and_sale(
    random_instance: Draw, seed: int
) -> None:
    data = random_instance(seed)
    rng = np.random.default_rng(seed)
    dirty = replace(
        data,
        arcs=data.arcs.assign(kgco2e_per_t=rng.uniform(0, 5_000, len(data.arcs))),
        sinks=data.sinks.assign(credit_kgco2e_per_t=rng.uniform(0, 5_000, len(data.sinks))),
        periods=data.periods.assign(carbon_price_jpy_per_t=10_000.0),
    )
    assert optimum_jpy(undominated(dirty)) == pytest.approx(optimum_jpy(dirty), rel=1e-6)


def test_undominated_keeps_every_arc_to_a_limited_sink(random_instance: Draw) -> None:
    data = random_instance(3)
    limited = [
        table.arcs.xs("Kplastic", level="destination") for table in (data, undominated(data))
    ]
    pd.testing.assert_frame_equal(*limited)


def test_undominated_leaves_an_instance_without_endless_sinks_alone(toy: Instance) -> None:
    assert undominated(toy) is toy


@pytest.mark.parametrize("seed", [0, 1])
def test_undominated_keeps_the_optimum_with_services_and_ports(
    shared_instance: Draw, seed: int
) -> None:
    data = shared_instance(seed)
    smaller = undominated(data)
    assert len(smaller.arcs) < len(data.arcs)
    assert shared(smaller).sum() == shared(data).sum()
    assert optimum_jpy(smaller) == pytest.approx(optimum_jpy(data), rel=1e-6)


def test_arc_of_a_service_neither_replaces_nor_is_replaced(random_instance: Draw) -> None:
    data = random_instance(0)
    endless = data.arcs.xs("residue", level="commodity", drop_level=False).iloc[:1]
    origin, destination = endless.index[0][:2]
    for price_jpy_per_t in (0.0, 1e6):
        ride = endless.rename(index={"truck": "ship:S"}).assign(cost_jpy_per_t=price_jpy_per_t)
        numbers = {"yearly_cost_jpy": [1e9], "capacity_t": [1.0], "min_lot_t": [0.0]}
        services = pd.DataFrame(numbers, index=pd.Index(["ship:S"], name="service"))
        more = replace(data, arcs=pd.concat([data.arcs, ride]), services=services)
        kept, without = undominated(more).arcs, undominated(data).arcs
        assert (origin, destination, "ship:S", "residue") in kept.index
        assert set(kept.index) - set(without.index) == set(ride.index)
