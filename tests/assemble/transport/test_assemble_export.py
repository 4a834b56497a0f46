"""A buyer overseas pays its price in every period, and is reached by international container."""

from dataclasses import replace

import numpy as np
import pytest

from siting.assemble.transport.arc import arc_table, mode_priced
from siting.assemble.transport.export import export_lanes, export_table
from siting.assemble.transport.leg import legs_of
from siting.errors import ConfigError

LINE = "  long_haul: overnight       # after 9 h at the wheel; or: relay"
BUYER = "{commodity: %s, to: %s, price_jpy_per_t: 60000, demand_t_per_yr: 5000}"
ARC = ["origin", "destination", "mode", "commodity"]


@pytest.fixture
def sold(edited, layers):
    """Return a function that gives what is sold overseas of all that a study makes."""

    def table(commodity="recycled_pellet", port="busan"):
        config = edited(LINE, f"  exports:\n    - {BUYER % (commodity, port)}")
        return export_table(config, config.study, layers, {"recycled_pellet", "rpf"})

    return table


@pytest.mark.parametrize("port", ["busan", "釜山", "Busan"])
def test_buyer_takes_at_its_price_in_every_period(sold, study, port):
    table = sold(port=port)
    years = study.periods.years
    assert table.index.tolist() == [("busan", "recycled_pellet", year) for year in years]
    assert (table["price_jpy_per_t"] == 60_000).all()
    assert (table["demand_t"] == 5_000).all()
    assert (table["credit_kgco2e_per_t"] == 0).all()


def test_study_without_exports_sells_nothing_overseas(japan, study, layers, net):
    table = export_table(japan, study, layers, {"rpf"})
    assert table.empty
    assert export_lanes(net, table, {}) == []


def test_buyer_of_what_nothing_makes_is_told_with_its_line(sold):
    with pytest.raises(ConfigError, match=r"study\.yaml:\d+:\d+: 'moon_dust' is made by no tech"):
        sold("moon_dust")


def test_unknown_port_overseas_is_told_with_its_line(sold):
    with pytest.raises(ConfigError, match=r"study\.yaml:\d+:\d+: overseas port 'ys' is unknown"):
        sold(port="ys")


def test_what_fits_no_container_is_told(net, sold):
    demand = sold().rename(index={"recycled_pellet": "pyrolysis_oil"}, level="commodity")
    with pytest.raises(ConfigError, match="no form of 'pyrolysis_oil' travels in an ocean cont"):
        export_lanes(net, demand, {"pyrolysis_oil": net.sites})
    trucks = replace(net, modes=("truck",))
    with pytest.raises(ConfigError, match="or the study has no ships"):
        export_lanes(trucks, sold(), {"recycled_pellet": net.sites})


def test_export_sails_from_a_port_with_international_lines(net, sold, layers):
    (lane,) = export_lanes(net, sold(), {"recycled_pellet": net.sites})
    arcs = arc_table(lane, mode_priced(lane, 0, np.arange(len(net.sites))))
    assert len(arcs) == len(net.sites)
    legs = legs_of([lane], arcs.index)
    lines = legs[legs["kind"] == "line"]
    sailed_km = layers.overseas_distance["distance_km"]
    by_hand = [sailed_km[leg.from_node, "busan"] for leg in lines.itertuples()]
    np.testing.assert_allclose(lines["distance_km"], by_hand)
    assert set(lines["to_node"]) == {"busan"}
    assert set(lines["vehicle"]) <= {"ocean_20ft", "ocean_40hc"}
    added = legs.groupby(level=ARC)[arcs.columns.tolist()].sum().reindex(arcs.index)
    np.testing.assert_allclose(added, arcs, rtol=0, atol=1e-3)
