"""Sinks pay, take and displace what the tables say, and nothing is without an end."""

import numpy as np
import pytest

from siting.assemble.market import commodity_table, refuse_unplaced, takers
from siting.errors import ConfigError


def bought(whole, commodity):
    """Return the rows of one commodity in 2030, with the sinks' kinds."""
    rows = whole.instance.sinks.xs(2030, level="period").xs(commodity, level="commodity")
    return rows.join(whole.places["detail"].rename("kind"), on="sink")


@pytest.mark.parametrize(
    ("commodity", "kind", "share"),
    [
        ("steel_scrap_hq", "bf_steelworks", 0.1),
        ("steel_scrap_hq", "eaf_planned", 0.6),
        ("rpf", "paper_mill_rpf", 1.0),
    ],
)
def test_demand_is_a_share_of_capacity(whole, layers, commodity, kind, share):
    rows = bought(whole, commodity)
    rows = rows[rows["kind"] == kind]
    capacity = layers.sinks["capacity_t_per_yr"].loc[rows.index]
    assert len(rows)
    np.testing.assert_allclose(rows["demand_t"], share * capacity)


@pytest.mark.parametrize("commodity", ["recycled_pellet", "chem_feed", "glass_cullet"])
def test_demand_without_a_share_has_no_limit(whole, commodity):
    assert np.isinf(bought(whole, commodity)["demand_t"]).all()


def test_only_sinks_of_the_kind_that_accept_it_take_a_material(whole, layers, rules):
    sinks = layers.sinks.assign(sink_kind=layers.sinks["kind"])
    for rule in rules.markets.to_dict("records"):
        found = takers(sinks, rule)
        assert (found["kind"] == rule["sink_kind"]).all()
        assert all(rule["accepts"] in names.split(";") for names in found["accepts"])
        assert len(found), rule["commodity"]


def test_price_may_be_the_low_end_of_its_range(whole, figures):
    low = figures.amount("prices/product/elv_copper_harness/price", "JPY/t", "low")
    assert (bought(whole, "copper_scrap")["price_jpy_per_t"] == low).all()


def test_price_is_that_of_the_region_of_the_sink(whole):
    rows = bought(whole, "steel_scrap_low").join(whole.places["pref_ja"], on="sink")
    assert (rows.loc[rows["pref_ja"] == "大阪府", "price_jpy_per_t"] == 37_875).all()
    assert rows["price_jpy_per_t"].nunique() > 1


def test_credit_of_fuel_is_less_its_own_burning(whole, figures):
    displaced = figures.amount("emissions/gross_credit/rpf_vs_coal/ef", "kgCO2e/t")
    burnt = figures.amount("emissions/baseline/combust_rpf/ef", "kgCO2e/t")
    assert (bought(whole, "rpf")["credit_kgco2e_per_t"] == displaced - burnt).all()


def test_credit_of_mixed_scrap_is_a_share(whole, figures):
    credit = figures.amount("emissions/gross_credit/aluminium_remelt/ef", "kgCO2e/t")
    rows = bought(whole, "aluminium_scrap")
    np.testing.assert_allclose(rows["credit_kgco2e_per_t"], 0.93 * credit)


def test_every_sink_buys_in_every_period(whole):
    periods = whole.instance.sinks.groupby(["sink", "commodity"]).size()
    assert (periods == 6).all()


def test_disposal_is_that_of_the_table(whole):
    rows = whole.instance.commodities
    assert rows.loc["residue"].tolist() == [41_700, 2_600]
    assert rows.loc["process_gas"].tolist() == [0, 0]


def test_what_is_never_made_has_no_disposal(figures, rules, whole):
    table = commodity_table(figures, rules.disposals, whole.instance.commodities.index)
    assert table.loc["waste_plastic"].tolist() == [0, 0]


def test_output_without_disposal_is_told(rules):
    with pytest.raises(ConfigError, match=r"disposals.csv: no row for 'gravel'\. Add its cost"):
        refuse_unplaced({"residue", "gravel"}, rules.disposals)
