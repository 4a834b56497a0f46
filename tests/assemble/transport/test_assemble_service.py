"""Services and berths of a study come out as what they cost, carry and limit in a year."""

from dataclasses import replace

import pytest

from models.instance import TABLES
from siting.assemble.transport.service import berth_table, service_table, stowage_table
from siting.errors import ConfigError
from siting.freight.service import Line

LINE = "  long_haul: overnight       # after 9 h at the wheel; or: relay"


@pytest.fixture
def serviced(net):
    """Return the small network with a weekly 499GT from Tokyo to Kitakyushu and a train."""
    ports = net.terminals["ship"].places.index
    ends = [int(ports.get_loc(port)) for port in ("P038", "P074")]
    lines = {
        "ship:NK": Line("ship", *ends, net.carriers["coastal_499GT"], 52.0, 1.0, 0.8, 0.5),
        "rail:T": Line("rail", 0, 1, net.carriers["jr_31ft"], 250.0, 6.0, 1.0, 0.2),
    }
    return replace(net, services=lines)


def test_service_costs_its_trips_over_its_own_distance(serviced):
    line = serviced.services["ship:NK"]
    sea_km = serviced.terminals["ship"].distance_km[line.start, line.end]
    rail_km = serviced.terminals["rail"].distance_km[0, 1]
    table = service_table(serviced)
    assert sea_km > 900
    by_hand = 52 * 0.8 * 1500 * (2.21 * sea_km + 1248)
    assert table.loc["ship:NK", "yearly_cost_jpy"] == pytest.approx(by_hand)
    by_hand = 250 * 6 * (27_000 + 104 * 1.35 * rail_km)
    assert table.loc["rail:T", "yearly_cost_jpy"] == pytest.approx(by_hand)


def test_service_has_its_capacity_and_its_least_lot(serviced):
    table = service_table(serviced)
    assert table.loc["ship:NK", "capacity_t"] == 52 * 1500
    assert table.loc["ship:NK", "min_lot_t"] == pytest.approx(0.5 * 52 * 1500)
    assert table.loc["rail:T", "capacity_t"] == pytest.approx(250 * 6 * 13.8)
    assert list(table.columns) == list(TABLES["services"].columns)


def test_each_commodity_takes_its_space_on_the_services_it_may_ride(serviced):
    kinds = ["steel_scrap", "waste_plastic", "pv_panel", "pyrolysis_oil", "waste_plastic"]
    found = stowage_table(serviced, kinds)["hold_t_per_t"]
    by_hand = {
        ("ship:NK", "steel_scrap"): 1.0,  # 2,400 m3 take 1,920 t at 0.8 t/m3
        ("ship:NK", "waste_plastic"): 1500 / (2400 * 0.3),
        ("rail:T", "waste_plastic"): 1.0,  # 52 m3 take 15.6 t of bales
        ("rail:T", "pv_panel"): 13.8 / (52 * 0.26),
    }
    assert found.to_dict() == pytest.approx(by_hand)


def test_study_without_services_has_empty_tables(net, japan):
    for name, table in (
        ("services", service_table(net)),
        ("stowage", stowage_table(net, ["steel_scrap"])),
        ("berths", berth_table(japan, net)),
    ):
        assert table.empty
        assert list(table.index.names) == list(TABLES[name].index)
        assert list(table.columns) == list(TABLES[name].columns)


def test_port_called_by_name_has_its_limit(edited, net):
    config = edited(LINE, "  berths_t_per_yr: {北九州港: 50000, P038: 20000}")
    found = berth_table(config, net)["capacity_t_per_yr"]
    assert found.to_dict() == {"P074": 50_000, "P038": 20_000}


def test_unknown_port_with_a_limit_is_told_with_its_line(edited, net):
    config = edited(LINE, "  berths_t_per_yr: {竜宮港: 50000}")
    with pytest.raises(ConfigError, match=r"study\.yaml:\d+:\d+: port '竜宮港' is unknown"):
        berth_table(config, net)
