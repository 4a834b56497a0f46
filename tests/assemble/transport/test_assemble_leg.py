"""Legs add up to their arc and link up; an arc that says nothing of them is one line."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from models.instance import TABLES
from siting.assemble.transport.arc import Lanes, arc_table, mode_priced
from siting.assemble.transport.leg import COLUMNS, INDEX, legs_of, one_leg_each
from siting.assemble.transport.network import Ground
from siting.freight.net import Net
from siting.freight.service import Line

ARC = list(TABLES["arcs"].index)
FIGURES = ["distance_km", "hours", "cost_jpy_per_t", "kgco2e_per_t"]


@pytest.fixture
def arcs() -> pd.DataFrame:
    """Return two arcs, one of them by a named service."""
    rows = [
        ("01100", "S01", "truck", "pv_panel", 40.0, 1.2, 6000.0, 6.0),
        ("S01", "J01", "ship:hokkai", "glass_cullet", 900.0, 30.0, 5000.0, 30.0),
    ]
    return pd.DataFrame(rows, columns=[*ARC, *FIGURES]).set_index(ARC)


def test_every_arc_is_one_line_between_its_ends(arcs: pd.DataFrame) -> None:
    legs = one_leg_each(arcs)
    assert list(legs.index) == [(*arc, 0) for arc in arcs.index]
    assert list(legs.index.names) == INDEX
    assert list(legs["from_node"]) == ["01100", "S01"]
    assert list(legs["to_node"]) == ["S01", "J01"]
    assert set(legs["kind"]) == {"line"}


def test_leg_keeps_the_figures_of_its_arc(arcs: pd.DataFrame) -> None:
    legs = one_leg_each(arcs).droplevel("leg")
    pd.testing.assert_frame_equal(legs[FIGURES], arcs)


def test_leg_of_a_service_has_the_mode_without_its_name(arcs: pd.DataFrame) -> None:
    assert list(one_leg_each(arcs)["leg_mode"]) == ["truck", "ship"]


def test_what_an_arc_does_not_say_is_unknown(arcs: pd.DataFrame) -> None:
    legs = one_leg_each(arcs)
    assert np.isnan(legs[["mj_per_t", "driver_h_per_t", "lot_t"]].to_numpy()).all()
    assert set(legs["vehicle"]) == set(legs["form"]) == {""}


def test_no_arcs_have_no_legs(arcs: pd.DataFrame) -> None:
    legs = one_leg_each(arcs.iloc[:0])
    assert legs.empty
    assert list(legs.columns) == COLUMNS


COMMODITIES = ["waste_plastic", "steel_scrap", "pv_panel", "lib"]


@pytest.fixture(scope="module", params=COMMODITIES)
def lane(request: pytest.FixtureRequest, net: Net, ground: Ground) -> Lanes:
    """Return the lanes of one waste from a few towns to a few sites, a service among them."""
    ports = net.terminals["ship"].places.index
    start, end = (int(ports.get_loc(port)) for port in ("P038", "P074"))
    line = Line("ship", start, end, net.carriers["roro_chassis_13m"], 52.0, 10.0, 1.0, 0.0)
    serviced = replace(net, services={"ship:NK": line})
    towns, sites = ground.towns.index, ground.sites.index
    plenty = np.full(len(towns), 1e5)
    return Lanes(request.param, towns, sites, serviced.offers(request.param, towns, sites, plenty))


@pytest.fixture(scope="module")
def priced_arcs(lane: Lanes) -> pd.DataFrame:
    """Return every arc of every mode of the lanes."""
    rows = np.arange(len(lane.origins))
    return pd.concat([arc_table(lane, mode_priced(lane, n, rows)) for n in range(len(lane.offers))])


@pytest.fixture(scope="module")
def legs(lane: Lanes, priced_arcs: pd.DataFrame) -> pd.DataFrame:
    """Return the legs of these arcs."""
    return legs_of([lane], priced_arcs.index)


def test_legs_add_up_to_their_arc(legs: pd.DataFrame, priced_arcs: pd.DataFrame) -> None:
    added = legs.groupby(level=ARC)[FIGURES].sum().reindex(priced_arcs.index)
    assert set(priced_arcs.index.unique("mode")) == {"truck", "rail", "ship", "ship:NK"}
    np.testing.assert_allclose(added, priced_arcs[FIGURES], rtol=0, atol=1e-3)


def test_each_leg_starts_where_the_one_before_ended(legs: pd.DataFrame) -> None:
    rows = legs.reset_index()
    before = rows.groupby(ARC)["to_node"].shift()
    joined = before.notna()
    assert joined.any()
    assert (rows["from_node"][joined] == before[joined]).all()


def test_journey_leads_from_origin_to_destination_or_the_quay_beside_it(
    legs: pd.DataFrame, net: Net
) -> None:
    rows = legs.reset_index()
    ends = rows.groupby(ARC).agg(start=("from_node", "first"), end=("to_node", "last"))
    for place, node in (("origin", "start"), ("destination", "end")):
        asked = ends.index.get_level_values(place)
        elsewhere = ends[(asked != ends[node]).to_numpy()]
        for arc, terminal in elsewhere[node].items():
            mode = str(arc[2]).split(":")[0]
            at = net.places.index.get_loc(arc[0 if place == "origin" else 1])
            number = net.terminals[mode].places.index.get_loc(terminal)
            assert net.to_terminals[mode].beside[at, number], arc


def test_kinds_and_vehicles_of_legs_fit_together(legs: pd.DataFrame, net: Net) -> None:
    lines = legs[legs["kind"] == "line"]
    assert len(lines) == len(legs.groupby(level=ARC).size())
    modes = lines.index.get_level_values("mode").str.split(":").str[0]
    assert (lines["leg_mode"] == modes).all()
    assert [net.carriers[v].mode for v in lines["vehicle"]] == modes.tolist()
    assert (lines["lot_t"] > 0).all()
    hauls = legs[legs["kind"] == "haul"]
    assert (hauls["leg_mode"] == "truck").all()
    assert (hauls["vehicle"] != "").all()
    still = legs[legs["kind"].isin(["preparation", "handling"])]
    assert (still["vehicle"] == "").all()
    assert (still[["distance_km", "kgco2e_per_t", "mj_per_t", "driver_h_per_t"]] == 0).all(
        axis=None
    )


def test_trucks_work_and_lines_do_not(legs: pd.DataFrame) -> None:
    moved = legs[legs["kind"].isin(["line", "haul"])]
    by_truck = moved["leg_mode"] == "truck"
    assert (moved["driver_h_per_t"][by_truck] > 0).all()
    assert (moved["driver_h_per_t"][~by_truck] == 0).all()
    assert (moved["mj_per_t"] > 0).all()


def test_arc_that_is_not_offered_has_no_legs(lane: Lanes, priced_arcs: pd.DataFrame) -> None:
    origin, destination = lane.origins[0], lane.destinations[0]
    strange = [
        (origin, destination, "balloon", lane.commodity),
        (origin, destination, "truck", "moon_dust"),
        (origin, "nowhere", "truck", lane.commodity),
    ]
    found = legs_of([lane], pd.MultiIndex.from_tuples(strange, names=ARC))
    assert found.empty
    assert list(found.columns) == COLUMNS
    assert list(found.index.names) == INDEX


def test_legs_of_one_arc_are_those_it_has_among_all(
    lane: Lanes, priced_arcs: pd.DataFrame, legs: pd.DataFrame
) -> None:
    arc = priced_arcs.index[len(priced_arcs) // 2]
    alone = legs_of([lane], priced_arcs.index[[len(priced_arcs) // 2]])
    assert alone.index.droplevel("leg").unique().tolist() == [arc]
    among = legs[legs.index.droplevel("leg") == arc]
    pd.testing.assert_frame_equal(alone, among, check_dtype=False)


def test_place_on_the_quay_needs_no_truck_leg(net: Net) -> None:
    ways, berths = net.to_terminals["ship"], net.ports["bulk"][0]
    quays = np.flatnonzero((ways.beside & berths).any(axis=1))
    sites = net.places.index[quays].intersection(net.sites)
    assert len(sites)
    others = net.sites.difference(sites)
    lane = Lanes(
        "steel_scrap",
        sites,
        others,
        net.offers("steel_scrap", sites, others, np.full(len(sites), 1e7)),
    )
    number = list(lane.offers).index("ship")
    arcs = arc_table(lane, mode_priced(lane, number, np.arange(len(sites))))
    lines = legs_of([lane], arcs.index).reset_index().query("kind == 'line' and leg == 3")
    at = net.places.index.get_indexer(lines["origin"])
    ports = net.terminals["ship"].places.index.get_indexer(lines["from_node"])
    is_beside = ways.beside[at, ports]
    hauls = legs_of([lane], arcs.index).reset_index().query("kind == 'haul' and leg == 1")
    driven = pd.MultiIndex.from_frame(lines[ARC]).isin(pd.MultiIndex.from_frame(hauls[ARC]))
    assert is_beside.any()
    assert (driven == ~is_beside).all()
