"""The arcs of a study are priced once, and anew when anything they rest on has changed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from arc_case import Listed, lanes_of, listed

from siting.assemble.transport.arc import arc_table, find_arcs
from siting.freight.chain import Chain, Haul
from siting.freight.leg import Leg, Ways, still
from siting.freight.offer import Linked
from siting.network.road import Routes

CARBON = np.array([0.0, 5_000.0, 20_000.0])
NO_PRICE = np.array([0.0])


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """Keep the arcs of the test to itself."""
    monkeypatch.setenv("SITING_CACHE", str(tmp_path))
    return tmp_path


def test_second_call_reads_the_cache_and_rests_on_the_same_figures(own_cache, monkeypatch):
    lanes = lanes_of(truck=listed([[5_000, 6_000]], 200), rail=listed([[7_000, 5_000]], 20))
    first, second = {"before": None}, {"before": None}

    class Noting(Listed):
        """An offer that reads a figure when it is priced."""

        def best(self, rows):
            first["read"] = None
            return super().best(rows)

    truck = lanes.offers["truck"]
    noting = replace(
        lanes, offers=lanes.offers | {"truck": Noting(truck.cost_jpy_per_t, truck.kgco2e_per_t)}
    )
    arcs = find_arcs(noting, "key", CARBON, first)
    assert len(list(own_cache.glob("arcs-*.npz"))) == 1
    monkeypatch.setattr(
        "siting.assemble.transport.arc.priced", lambda *_: pytest.fail("priced again")
    )
    again = find_arcs(lanes, "key", CARBON, second)
    pd.testing.assert_frame_equal(arc_table(lanes, again), arc_table(lanes, arcs))
    assert set(first) == set(second) == {"before", "read"}
    assert again.used.tolist() == ["read"]


@pytest.mark.parametrize("change", ["key", "carbon", "limited", "origins", "commodity"])
def test_arcs_of_another_study_are_priced_anew(own_cache, change):
    lanes = lanes_of(truck=listed([[5_000]], 200))
    others = {
        "limited": replace(lanes, limited=frozenset(["P1"])),
        "origins": replace(lanes, origins=pd.Index(["Z"])),
        "commodity": replace(lanes, commodity="y"),
    }
    find_arcs(lanes, "key", CARBON, {})
    key = "other" if change == "key" else "key"
    carbon = NO_PRICE if change == "carbon" else CARBON
    find_arcs(others.get(change, lanes), key, carbon, {})
    assert len(list(own_cache.glob("arcs-*.npz"))) == 2


def line(may_load):
    """Return a chain between two ports that costs 1 JPY/t, and its lanes."""

    def free(shape):
        zero = np.zeros(shape)
        return Leg(zero, zero, zero + 1.0, zero, zero, zero)

    chain = Chain(
        "ship", "boat", "dense", "dense", still(),
        (Haul("cart", lambda w: free(w.routes.road_km.shape)),), still(),
        lambda km: free(np.shape(km)), still(),
        (Haul("cart", lambda w: free(w.routes.road_km.shape)),),
        np.array(may_load), np.ones(2, dtype=bool), ~np.eye(2, dtype=bool), 10.0,
    )  # fmt: skip
    one = np.ones((1, 2))
    ways = Ways(Routes(one, 0 * one, 0 * one, one), one, np.zeros((1, 2), dtype=bool))
    km = np.array([[0.0, 5], [5, 0]])
    return lanes_like(Linked([chain], pd.Index(["P1", "P2"]), ways, km, ways.turned()))


def lanes_like(offer):
    """Return lanes of one pair by ship."""
    return replace(lanes_of(ship=listed([[1]])), offers={"ship": offer})


def test_ports_whose_hold_fills_are_part_of_what_the_cache_knows(own_cache):
    first = find_arcs(line([True, False]), "key", NO_PRICE, {})
    second = find_arcs(line([False, True]), "key", NO_PRICE, {})
    assert (first.loaded.item(), second.loaded.item()) == (0, 1)
