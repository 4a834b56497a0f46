"""Arcs that no optimal plan can use are left out, and no others."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from arc_case import every_arc, lanes_of, listed
from hypothesis import given, settings
from hypothesis import strategies as st

from models.instance import TABLES
from siting.assemble.transport.arc import (
    COLUMNS,
    INDEX,
    arc_table,
    call_table,
    is_free,
    priced,
    undominated,
)
from siting.errors import ConfigError
from siting.solve import Effort, solve

CARBON = np.array([0.0, 5_000.0, 20_000.0])
NO_PRICE = np.array([0.0])


def kept_modes(lanes, carbon=CARBON):
    """Return the modes of the arcs kept for each pair."""
    table = arc_table(lanes, priced(lanes, carbon, {}))
    return table.reset_index().groupby(["origin", "destination"])["mode"].agg(sorted).to_dict()


def by_hand(found, free, width, carbon):
    """Return which arcs are kept: the first free one of the least ask, and limited ones below."""
    kept = [np.zeros(len(arcs.row), dtype=bool) for arcs in found]
    everything = [
        (m, n, arcs.row[n] * width + arcs.column[n])
        for m, arcs in enumerate(found)
        for n in range(len(arcs.row))
    ]
    for price in set((carbon / 1000).tolist()):
        for pair in {pair for *_, pair in everything}:
            here = [(m, n) for m, n, p in everything if p == pair]
            ask = {
                (m, n): found[m].cost_jpy_per_t[n] + price * found[m].kgco2e_per_t[n]
                for m, n in here
            }
            least = min((ask[m, n] for m, n in here if free[m][n]), default=np.inf)
            first = next(((m, n) for m, n in here if free[m][n] and ask[m, n] == least), None)
            for m, n in here:
                kept[m][n] |= (m, n) == first or (not free[m][n] and ask[m, n] < least)
    return kept


@given(
    st.integers(1, 3).flatmap(
        lambda modes: st.lists(
            st.tuples(
                st.lists(st.sampled_from([1.0, 2, 3, 4, np.inf]), min_size=4, max_size=4),
                st.lists(st.sampled_from([0.0, 50, 200, 400]), min_size=4, max_size=4),
                st.lists(st.booleans(), min_size=4, max_size=4),
            ),
            min_size=modes,
            max_size=modes,
        )
    )
)
@settings(max_examples=150, deadline=None)
def test_arc_is_dropped_exactly_where_it_is_never_the_cheapest(drawn):
    offers = {
        f"mode{n}": listed(1000 * np.reshape(cost, (2, 2)), np.reshape(kgco2e, (2, 2)))
        for n, (cost, kgco2e, _) in enumerate(drawn)
    }
    found = every_arc(lanes_of(**offers))
    free = [
        np.reshape(flags, (2, 2))[arcs.row, arcs.column]
        for arcs, (*_, flags) in zip(found, drawn, strict=True)
    ]
    kept = undominated(found, free, 2, CARBON)
    for one, other in zip(kept, by_hand(found, free, 2, CARBON), strict=True):
        assert one.tolist() == other.tolist()


def test_dear_arc_stays_if_a_carbon_price_of_the_study_makes_it_cheapest():
    lanes = lanes_of(truck=listed(5_000, 200), rail=listed(7_000, 20))
    assert kept_modes(lanes, NO_PRICE) == {("O0", "D0"): ["truck"]}
    assert kept_modes(lanes, np.array([0.0, 20_000])) == {("O0", "D0"): ["rail", "truck"]}
    assert kept_modes(lanes, np.array([20_000.0])) == {("O0", "D0"): ["rail"]}


def test_arc_cheapest_only_between_two_prices_of_the_study_is_left_out():
    lanes = lanes_of(truck=listed(5_000, 200), rail=listed(6_400, 100), ship=listed(8_000, 0))
    assert kept_modes(lanes, np.array([0.0, 30_000])) == {("O0", "D0"): ["ship", "truck"]}
    between = kept_modes(lanes, np.array([0.0, 15_000, 30_000]))  # 8,000 7,900 8,000
    assert between == {("O0", "D0"): ["rail", "ship", "truck"]}


def test_of_equal_arcs_the_first_mode_is_kept():
    lanes = lanes_of(truck=listed([[5_000, 6_000]]), rail=listed([[5_000, 5_000]]))
    assert kept_modes(lanes) == {("O0", "D0"): ["truck"], ("O0", "D1"): ["rail"]}


def test_pair_that_one_mode_reaches_keeps_it_however_dear():
    lanes = lanes_of(truck=listed([[np.inf, 100]]), ship=listed([[9e9, np.inf]]))
    assert kept_modes(lanes) == {("O0", "D0"): ["ship"], ("O0", "D1"): ["truck"]}


def test_limited_arc_drives_out_nothing_and_stays_if_cheaper():
    ship = listed([[100], [100]], ports=("P1", "P2"))
    lanes = lanes_of(limited=["P1"], truck=listed([[5_000], [5_000]]), ship=ship)
    assert kept_modes(lanes) == {("O0", "D0"): ["ship", "truck"], ("O1", "D0"): ["ship"]}


def test_limited_arc_dearer_than_a_free_one_is_left_out():
    ship = listed([[5_000], [5_000]], ports=("P1", "P2"))
    lanes = lanes_of(limited=["P1"], truck=listed([[5_000], [4_000]]), ship=ship)
    assert kept_modes(lanes) == {("O0", "D0"): ["truck"], ("O1", "D0"): ["truck"]}


def test_arc_of_a_service_drives_out_nothing_and_stays_however_dear():
    lanes = lanes_of(truck=listed([[5_000, 100]]), ship__S=listed([[100, 5_000]]))
    both = ["ship:S", "truck"]
    assert kept_modes(lanes) == {("O0", "D0"): both, ("O0", "D1"): both}


def test_arcs_with_a_limit_are_services_and_calls_at_limited_ports():
    ship = listed([[1], [1]], ports=("P1", "P2"))
    lanes = lanes_of(limited=["P2"], truck=listed([[1], [1]]), ship=ship, ship__S=ship)
    free = [is_free(lanes, arcs).tolist() for arcs in every_arc(lanes)]
    assert free == [[True, True], [True, False], [False, False]]
    ending = replace(lanes, limited=frozenset(["END"]))
    assert is_free(ending, every_arc(ending)[1]).tolist() == [False, False]


def test_tonne_handled_is_counted_at_each_limited_port_it_calls_at():
    ship = listed([[1], [1]], ports=("P1", "P2"))
    lanes = lanes_of(limited=["P2", "END"], ship=ship)
    calls = call_table(lanes, priced(lanes, NO_PRICE, {}))
    assert calls.index.names == list(TABLES["calls"].index)
    assert calls.index.droplevel("commodity").tolist() == [
        ("END", "O0", "D0", "ship"),
        ("END", "O1", "D0", "ship"),
        ("P2", "O1", "D0", "ship"),
    ]
    assert (calls["handled_t_per_t"] == 1).all()


def test_no_limited_port_no_calls():
    lanes = lanes_of(ship=listed([[1]], ports=("P1",)))
    calls = call_table(lanes, priced(lanes, NO_PRICE, {}))
    assert calls.empty
    assert calls.index.names == list(TABLES["calls"].index)


def test_arcs_stand_by_origin_destination_and_mode():
    lanes = lanes_of(truck=listed([[9, 8], [7, 6]], 200), rail=listed([[19, 18], [17, 16]], 0))
    table = arc_table(lanes, priced(lanes, CARBON, {}))
    assert table.index.names == INDEX
    assert table.columns.tolist() == COLUMNS
    assert table.index.get_level_values("origin").tolist() == ["O0"] * 4 + ["O1"] * 4
    assert table["cost_jpy_per_t"].tolist() == [9, 19, 8, 18, 7, 17, 6, 16]


def test_commodity_that_no_mode_carries_is_told():
    lanes = lanes_of("moon_dust", truck=listed([[np.inf]]))
    with pytest.raises(ConfigError, match="network: no mode carries 'moon_dust'"):
        priced(lanes, NO_PRICE, {})


def test_many_origins_are_priced_as_a_few(monkeypatch):
    rng = np.random.default_rng(3)
    offers = {n: listed(rng.uniform(1, 9, (7, 2)), rng.uniform(0, 9, (7, 2))) for n in "ab"}
    lanes = lanes_of(**offers)
    whole = arc_table(lanes, priced(lanes, CARBON, {}))
    monkeypatch.setattr("siting.assemble.transport.arc.ROWS_AT_ONCE", 2)
    pd.testing.assert_frame_equal(arc_table(lanes, priced(lanes, CARBON, {})), whole)


ENDS = {"waste_plastic": (["A", "B"], ["H"]), "recycled_pellet": (["H"], ["J"])}


def drawn_lanes(rng, commodity):
    """Return lanes of the toy by three public modes and a service, at random prices."""
    origins, destinations = ENDS[commodity]
    shape = (len(origins), len(destinations))
    ports = tuple(rng.choice(["P", "F"], len(origins)))
    offers = {
        mode: listed(
            rng.uniform(500, 9_000, shape),
            rng.uniform(0, 300, shape),
            ports if mode.startswith("ship") else (),
        )
        for mode in ("truck", "rail", "ship", "ship__S")
    }
    return lanes_of(commodity, ["P"], origins, destinations, **offers)


@pytest.mark.parametrize("seed", range(8))
def test_optimum_without_the_arcs_left_out_is_the_optimum(toy, seed):
    rng = np.random.default_rng(seed)
    lanes = [drawn_lanes(rng, commodity) for commodity in ENDS]
    prices = toy.periods.assign(carbon_price_jpy_per_t=[3_000.0, 25_000.0])
    service = {"yearly_cost_jpy": 50_000.0, "capacity_t": 60.0, "min_lot_t": 20.0}
    common = {
        "periods": prices,
        "services": pd.DataFrame(service, index=pd.Index(["ship:S"], name="service")),
        "stowage": pd.DataFrame(
            {"hold_t_per_t": 1.0},
            index=pd.MultiIndex.from_product(
                [["ship:S"], list(ENDS)], names=["service", "commodity"]
            ),
        ),
        "berths": pd.DataFrame({"capacity_t_per_yr": [30.0]}, index=pd.Index(["P"], name="port")),
    }
    carbon = prices["carbon_price_jpy_per_t"].to_numpy(float)
    few = [priced(lane, carbon, {}) for lane in lanes]
    everything = [joined(every_arc(lane)) for lane in lanes]
    plans, counts = [], []
    for arcs in (few, everything):
        pairs = list(zip(lanes, arcs, strict=True))
        data = replace(
            toy,
            **common,
            arcs=pd.concat([arc_table(*pair) for pair in pairs]).sort_index(),
            calls=pd.concat([call_table(*pair) for pair in pairs]).sort_index(),
        )
        counts.append(len(data.arcs))
        plans.append(solve(data, Effort(gap=0, time_limit_s=20)))
    assert counts[0] < counts[1]
    assert plans[0].objective_jpy == pytest.approx(plans[1].objective_jpy, rel=1e-6)


def joined(found):
    """Return the arcs of all modes together."""
    names = [n for n in vars(found[0]) if n != "used"]
    return replace(
        found[0], **{n: np.concatenate([getattr(arcs, n) for arcs in found]) for n in names}
    )
