"""Limits of a study are rows of the instance, and name only what the study has."""

import numpy as np
import pytest

from siting.assemble.source.supply import PENALTY
from siting.errors import ConfigError


def test_budget_and_emissions_hold_in_their_period(reduced):
    assert reduced.instance.budgets["max_opening_jpy"].to_dict() == {2030: 5e10}
    limits = reduced.instance.limits
    assert limits["at_most"].to_dict() == {("kgco2e", 2040): 1e9}
    assert limits["at_least"].tolist() == [-np.inf]


def test_count_of_prefectures_counts_their_sites(reduced):
    instance, places = reduced.instance, reduced.places
    assert instance.hub_counts["at_most"].to_dict() == {"smelters": 0, "yards": 1}
    counted = instance.counted.loc["smelters"].index
    aichi = places.index[(places["kind"] == "site") & (places["pref_ja"] == "愛知県")]
    assert set(counted.unique("site")) == set(aichi)
    assert set(counted.unique("technology")) == {"cu_smelter_escrap"}


def test_count_of_sites_knows_those_that_were_merged(reduced):
    counted = reduced.instance.counted.loc["yards"].index
    expected = {(h, g) for h in ("CS04", "ET15") for g in ("ship_recycling", "elv_shredding")}
    assert set(counted) == expected


def test_share_of_a_site_holds_in_every_period(reduced):
    shares = reduced.instance.site_shares["max_share"]
    assert shares.to_dict() == {("elv", t): 0.5 for t in (2025, 2030, 2035, 2040)}


def test_disposal_is_limited_by_the_year(reduced):
    limits = reduced.instance.disposal_limits["max_disposal_t"]
    assert limits.to_dict() == {("residue", 2030): 20_000, ("residue", 2035): 10_000}


def test_technologies_are_kept_apart(reduced):
    assert list(reduced.instance.incompatible.index) == [("ship_recycling", "plastic_recycling")]


def test_later_order_takes_over(reduced):
    hub = ("ET15", "elv_dismantling", "small")
    orders = reduced.instance.orders.loc[hub]
    assert orders["min_lines"].to_dict() == {2030: 1, 2035: 1, 2040: 0}
    assert orders["max_lines"].to_dict() == {2030: np.inf, 2035: np.inf, 2040: 2}


def test_target_of_a_region_is_about_its_own_sources(reduced, layers, figures):
    targets = reduced.instance.regional_targets
    assert targets["min_collected_share"].to_dict() == {
        ("Kagawa", "elv", 2030): 0.4,
        ("Kagawa", "elv", 2035): 0.6,
    }
    assert (targets["shortfall_jpy_per_t"] == figures.amount(PENALTY, "JPY/t")).all()
    members = reduced.instance.regions.loc["Kagawa"].index
    codes = layers.municipalities["pref_code"]
    assert set(members) == set(codes.index[codes == "37"])


def test_sites_belong_to_their_electricity_area(reduced):
    regions = reduced.instance.regions.index
    assert ("Shikoku", "ET15") in regions
    assert ("Chubu", "CS04") in regions
    assert set(reduced.instance.energy.index.unique("region")) == {"Chubu", "Shikoku", "Tohoku"}


@pytest.fixture
def told(written, reduced_text, layers, roads, figures, rules):
    """Return a function that says what is wrong with the study, one text in place of another."""
    from siting.assemble import assemble

    def fault(old, new):
        assert reduced_text.count(old) == 1, old
        config = written(reduced_text.replace(old, new))
        with pytest.raises(ConfigError) as caught:
            assemble(config, config.study, layers, roads, figures, rules)
        path, line, column, said = str(caught.value).split(":", 3)
        assert path == str(config.path)
        text = config.path.read_text(encoding="utf-8").splitlines()[int(line) - 1]
        return text[int(column) - 1 :], said.strip()

    return fault


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("budget_jpy: {2030:", "budget_jpy: {2031:", "2031", "2031 starts no period, expected"),
        ("residue: {2030: 20000", "residue: {2032: 20000", "2032", "2032 starts no period"),
        ("site_share: {elv", "site_share: {elf", "elf", "'elf' is unknown. Did you mean 'elv'?"),
        ("disposal_t: {residue", "disposal_t: {residu", "residu:", "Did you mean 'residue'?"),
        ("[[ship_recycling,", "[[ship_recyling,", "ship_recyling", "Did you mean 'ship_recycling'"),
        ("[[ship_recycling,", "[[plastic_recycling,", "[plastic", "cannot be kept from itself"),
        ("sites: [CS04,", "sites: [CS99,", "CS99", "site 'CS99' is unknown. Did you mean"),
        ("name: yards", "name: smelters", "smelters", "count 'smelters' stands twice"),
        (
            "size: small, from: 2030",
            "size: tiny, from: 2030",
            "{site",
            "elv_dismantling, tiny, but 'large', ",
        ),
        ("small, from: 2040", "small, from: 2030", "{site", "has another order from 2030"),
        ("small, from: 2040", "small, from: 2045", "2045", "no period starts in or after 2045"),
        ("name: Kagawa", "name: Chubu", "Chubu", "is the name of an electricity area"),
        ("s: [香川県], commodity", "s: [岡山県], commodity", "elv", "no 'elv' of the study arises"),
        ("s: [香川県], commodity", "s: [香川], commodity", "香川]", "Did you mean '香川県'?"),
        ("share: {2030: 0.4", "share: {2031: 0.4", "2031", "2031 starts no period"),
    ],
)
def test_limit_that_names_what_the_study_lacks_is_told(told, old, new, at, message):
    found, said = told(old, new)
    assert found.startswith(at)
    assert message in said


def test_faults_of_limits_are_told_at_once(written, reduced_text, layers, roads, figures, rules):
    from siting.assemble import assemble

    text = reduced_text.replace("site_share: {elv", "site_share: {elf")
    config = written(text.replace("budget_jpy: {2030:", "budget_jpy: {2031:"))
    with pytest.raises(ConfigError, match=r"2 faults(.|\n)*2031(.|\n)*'elf'"):
        assemble(config, config.study, layers, roads, figures, rules)


def test_orders_that_nothing_can_keep_are_told_as_a_fault_of_the_study(
    written, reduced_text, layers, roads, figures, rules
):
    from siting.assemble import assemble

    text = reduced_text.replace("from: 2040, max_lines: 2", "from: 2040, max_lines: 0")
    config = written(text)
    with pytest.raises(ConfigError, match=r"study\.yaml: instance:(.|\n)*orders: min_lines"):
        assemble(config, config.study, layers, roads, figures, rules)
