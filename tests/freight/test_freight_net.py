"""A net offers each mode between its places, by roads, quays and holds that fill in time."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from freight_case import everywhere

from siting.freight.load import BULK, CHASSIS, CONTAINER
from siting.freight.net import Net, on_own_island, ways_to_terminals
from siting.freight.offer import Direct, Linked
from siting.freight.overseas import Overseas
from siting.freight.service import Line
from siting.network.road import Reach, RoadGraph, Routes, find_routes
from siting.network.terminal import Terminals

REACH = Reach(snap_km=25.0, detour=1.3)
DEGREE_KM = np.pi / 180 * 6371.0088
"""Length of a degree of latitude [km]."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Keep the routes of the example to itself."""
    monkeypatch.setenv("SITING_CACHE", str(tmp_path))


@pytest.fixture
def roads():
    """Return a road of two pieces northwards, 60 km each."""
    return RoadGraph(
        lat=np.array([34.0, 34.5, 35.0]),
        lon=np.array([135.0, 135.0, 135.0]),
        u=np.array([0, 1]),
        v=np.array([1, 2]),
        length_km=np.array([60.0, 60.0]),
        hours=np.array([1.0, 1.0]),
        is_ferry=np.array([False, False]),
    )


@pytest.fixture
def places():
    """Return two towns on the road, an island without one, and a site at the southern quay."""
    rows = {
        "A": (34.5, 135.0, False, 1.0),
        "B": (35.0, 135.0, False, 0.9),
        "I": (34.24, 135.0, True, 0.8),
        "Q": (34.01, 135.0, False, 0.7),
    }
    columns = ["lat", "lon", "by_ferry", "tariff_index"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("node")


@pytest.fixture
def terminals():
    """Return a port at each end of the road and one on the island."""
    rows = {"S": (34.0, 135.0, False), "N": (35.0, 135.1, False), "E": (34.22, 135.0, False)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["lat", "lon", "by_ferry"])
    between_km = np.array([[0.0, 150, 40], [150, 0, 120], [40, 120, 0]])
    return Terminals(table.rename_axis("terminal"), between_km)


@pytest.fixture
def net(terms, loading, carriers, roads, places, terminals):
    """Return the roads, ports and places as a net of trucks and ships."""
    ports = everywhere(3)
    quay_km = np.array([-1.0, -1.0, -1.0, 2.0])
    to = ways_to_terminals(roads, REACH, places, terminals.places, quay_km)
    return Net(
        terms=terms,
        loading=loading,
        carriers=carriers,
        modes=("truck", "ship"),
        places=places,
        direct=find_routes(roads, places.loc[["Q"]], places, REACH),
        sites=pd.Index(["Q"]),
        terminals={"ship": terminals},
        to_terminals={"ship": to},
        ports=dict.fromkeys((BULK, "bulk_waste", CHASSIS, CONTAINER), ports),
        services={},
        overseas=Overseas(pd.DataFrame(index=pd.Index([], dtype=object)), np.zeros((3, 0))),
        content_hash="",
    )


def test_place_near_a_port_lies_beside_it_and_no_other(net):
    beside = net.to_terminals["ship"].beside
    assert beside.tolist() == [[False] * 3, [False] * 3, [False] * 3, [True, False, False]]


def test_way_to_a_port_is_that_of_the_roads(net):
    found = net.to_terminals["ship"].routes
    south_km = 60 + 60  # B to S: the whole road
    assert found.road_km[1, 0] == pytest.approx(south_km)
    assert found.hours[1, 0] == pytest.approx(2.0)
    assert found.road_km[0, 2] > 0


def test_truck_is_paid_at_the_tariff_of_its_place(net):
    index = np.broadcast_to(net.to_terminals["ship"].tariff_index, (4, 3))
    assert index[:, 0].tolist() == [1.0, 0.9, 0.8, 0.7]


def test_island_without_a_road_uses_its_own_port(net):
    routes = net.to_terminals["ship"].routes
    assert routes.ferries[2].tolist() == [1, 1, 0]
    assert routes.road_km[2, 2] == pytest.approx(1.3 * 0.02 * DEGREE_KM, rel=1e-4)
    assert routes.ferry_km[2, 2] == 0
    assert routes.hours[2, 2] == pytest.approx(routes.road_km[2, 2] / 30)


def test_town_with_a_road_keeps_it_to_the_port_of_the_island(net):
    routes = net.to_terminals["ship"].routes
    assert routes.ferries[0].tolist() == [0, 0, 0]
    assert routes.distance_km[0, 2] > 0.28 * DEGREE_KM


def test_roads_run_to_the_site_and_from_it_at_the_tariff_of_the_origin(net):
    towns, site = pd.Index(["A", "B"]), pd.Index(["Q"])
    there, back = net.roads(towns, site), net.roads(site, towns)
    np.testing.assert_allclose(there.routes.road_km, back.routes.road_km.T)
    assert np.ravel(there.tariff_index).tolist() == [1.0, 0.9]
    assert np.ravel(back.tariff_index).tolist() == [0.7]
    assert there.routes.road_km.shape == (2, 1)
    assert not there.beside.any()


def test_turned_ways_run_from_columns_to_rows(net):
    ways = net.to_terminals["ship"]
    back = ways.turned()
    np.testing.assert_array_equal(back.routes.ferry_km, ways.routes.ferry_km.T)
    np.testing.assert_array_equal(back.beside, ways.beside.T)
    assert back.tariff_index[0].tolist() == [1.0, 0.9, 0.8, 0.7]


def test_only_a_terminal_of_the_own_island_is_reached_by_its_road_and_only_nearby():
    sailed = Routes(*(np.full((2, 2), amount) for amount in (7.0, 30.0, 1.0, 2.0)))
    straight_km = np.array([[10.0, 26.0], [10.0, 26.0]])
    is_own = np.array([[True, True], [False, False]])
    found = on_own_island(sailed, straight_km, is_own, REACH)
    assert found.road_km.tolist() == [[13, 7], [7, 7]]
    assert found.ferry_km.tolist() == [[0, 30], [30, 30]]
    assert found.ferries.tolist() == [[0, 1], [1, 1]]
    np.testing.assert_allclose(found.hours, [[13 / 30, 2], [2, 2]])


def test_works_on_an_island_does_not_lie_beside_the_berth_across_the_water(roads, places):
    across = pd.DataFrame({"lat": [34.0], "lon": [135.0]}, index=["S"]).assign(by_ferry=False)
    quay_km = np.full(4, 60.0)
    beside = ways_to_terminals(roads, REACH, places, across, quay_km).beside
    assert dict(zip(places.index, beside[:, 0], strict=True)) == {
        "A": True, "B": False, "I": False, "Q": True
    }  # fmt: skip


ENDS = pd.Index(["A", "B", "I"]), pd.Index(["Q"])


def test_each_mode_of_the_study_is_offered(net):
    offers = net.offers("waste_plastic", *ENDS, np.full(3, 1e5))
    assert {mode: type(offer) for mode, offer in offers.items()} == {
        "truck": Direct,
        "ship": Linked,
    }
    only = replace(net, modes=("ship",)).offers("waste_plastic", *ENDS, np.full(3, 1e5))
    assert list(only) == ["ship"]


def test_mode_that_carries_no_form_is_not_offered(net):
    assert list(net.offers("pyrolysis_oil", *ENDS, np.full(3, 1e5))) == ["truck"]


def test_site_on_the_quay_pays_no_truck_from_its_port(net):
    offer = net.offers("steel_scrap", *ENDS, np.full(3, 1e6))["ship"]
    best = offer.best(np.array([1]))
    assert offer.terminal(best.unloaded[0]).tolist() == ["S"]
    vessel = offer.chains[int(best.option.item())]
    last = vessel.last[0].leg(offer.away.at([0], [0])).cost_jpy_per_t.item()
    line_km = offer.distance_km[best.loaded.item(), 0]
    legs = [vessel.loading, vessel.unloading, vessel.line(np.array([line_km]))]
    paid = sum(np.asarray(leg.cost_jpy_per_t).item() for leg in legs)
    to = min(h.leg(offer.to.at([1], [best.loaded.item()])).cost_jpy_per_t for h in vessel.first)
    assert last > 0
    assert best.cost_jpy_per_t.item() == pytest.approx(paid + to.item())


def open_ports(net, commodity, amount_t):
    """Return vessel to the ports at which it may load what A, B and I send."""
    offer = net.offers(commodity, *ENDS, np.array(amount_t))["ship"]
    names = offer.terminals.to_numpy()
    return {c.vehicle: sorted(names[c.may_load]) for c in offer.chains}


HOLD_T_PER_YR = 1500 * 365 / 30
"""What fills a 499GT with scrap every 30 days [t/yr]."""


@pytest.mark.parametrize(
    ("amount_t", "ports"),
    [
        ([0, HOLD_T_PER_YR, 0], ["N"]),
        ([0, HOLD_T_PER_YR - 1, 0], []),
        ([0, HOLD_T_PER_YR, HOLD_T_PER_YR], ["E", "N"]),
        ([0, 0, 0], []),
    ],
)
def test_hold_that_does_not_fill_in_time_does_not_call(net, amount_t, ports):
    assert open_ports(net, "steel_scrap", amount_t)["coastal_499GT"] == ports


def test_smaller_hold_fills_from_less(net):
    found = open_ports(net, "steel_scrap", [0, 600 * 365 / 30, 0])
    assert found["coastal_199GT"] == ["N"]
    assert found["coastal_499GT"] == found["coastal_749GT"] == []


def test_chassis_calls_wherever_it_may(net):
    assert open_ports(net, "steel_scrap", [0, 0, 0])["roro_chassis_13m"] == ["E", "N", "S"]


def test_origins_gather_at_the_nearest_permitted_port(net):
    only_south = (np.array([True, False, False]), everywhere(3)[1])
    south = replace(net, ports={**net.ports, BULK: only_south})
    half = HOLD_T_PER_YR / 2
    assert open_ports(south, "steel_scrap", [half, half, 0])["coastal_499GT"] == ["S"]
    assert open_ports(net, "steel_scrap", [0, half, half])["coastal_499GT"] == []


def test_no_port_is_opened_by_tonnes_that_none_may_take(net):
    shut = (np.zeros(3, dtype=bool), everywhere(3)[1])
    barred = replace(net, ports={**net.ports, BULK: shut})
    assert open_ports(barred, "steel_scrap", [1e6, 1e6, 1e6])["coastal_499GT"] == []


def test_waste_in_bulk_loads_only_where_it_may(net):
    waste = (np.array([False, True, False]), everywhere(3)[1])
    restricted = replace(net, ports={**net.ports, "bulk_waste": waste})
    found = open_ports(restricted, "waste_plastic", [1e6, 1e6, 1e6])
    assert found["coastal_499GT"] == ["N"]
    assert found["feeder_40ft"] == ["E", "N", "S"]


def test_service_is_a_mode_of_its_own_without_the_rule_of_lots(net, carriers):
    line = Line("ship", 1, 0, carriers["coastal_499GT"], 52.0, 1.0, 1.0, 0.5)
    serviced = replace(net, services={"ship:NS": line})
    offers = serviced.offers("steel_scrap", *ENDS, np.zeros(3))
    best = offers["ship:NS"].best(np.arange(3))
    assert np.isfinite(best.cost_jpy_per_t).all()
    assert set(offers["ship:NS"].terminal(best.loaded.ravel())) == {"N"}
    assert set(offers["ship:NS"].terminal(best.unloaded.ravel())) == {"S"}
    assert list(serviced.offers("pyrolysis_oil", *ENDS, np.zeros(3))) == ["truck"]


def test_stations_are_open_to_all_and_no_train_returns_to_its_own(net, terminals):
    railed = replace(net, terminals={**net.terminals, "rail": terminals})
    chains = railed.chains("rail", [])
    assert chains == []
    railed = replace(railed, modes=("rail",), to_terminals={"rail": net.to_terminals["ship"]})
    offer = railed.offers("steel_scrap", *ENDS, np.zeros(3))["rail"]
    assert [c.vehicle for c in offer.chains] == ["jr_12ft"]
    np.testing.assert_array_equal(offer.chains[0].may_link, ~np.eye(3, dtype=bool))
    assert np.isfinite(offer.best(np.array([2])).cost_jpy_per_t).all()  # from its own island
