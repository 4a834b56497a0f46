"""A vehicle takes what its weight or volume allows; a wrong row is told in one message."""

import pandas as pd
import pytest

from siting.errors import ConfigError
from siting.freight.load import forms_of, load_t, read_carriers

ROW = {
    "commodity": "lib",
    "form": "loose",
    "density_key": "",
    "vehicles": "truck_10t",
    "preparation_key": "",
    "terminal_preparation_key": "",
    "multiplier_key": "",
    "empty_return_key": "",
    "stevedoring_key": "",
    "is_waste": "no",
}


@pytest.mark.parametrize(
    ("vehicle", "density", "by_hand_t"),
    [
        ("truck_10t", 2.0, 10.0),
        ("truck_10t", 0.1, 50 * 0.1),
        ("truck_10t", 0.2, 10.0),
        ("packer_4t", 0.3, 2.5),
        ("dump_10t", 0.5, 18 * 0.5),
        ("jr_12ft", 0.3, 5.0),
        ("jr_12ft", 0.1, 1.87),
        ("jr_31ft", 0.26, 52 * 0.26),
        ("coastal_499GT", 2.0, 1500),  # the cost is per tonne of the nominal cargo
        ("coastal_499GT", 0.3, 2400 * 0.3),
        ("coastal_749GT", 0.3, 3400 * 0.3),
        ("coastal_199GT", 0.3, 950 * 0.3),
        ("roro_chassis_13m", 2.0, 18),
        ("feeder_40ft", 0.3, 67 * 0.3),
        ("ocean_40hc", 0.3, 76 * 0.3),
    ],
)
def test_load_is_the_payload_or_what_fits(terms, carriers, dense, vehicle, density, by_hand_t):
    form = dense(vehicle, density_t_per_m3=density)
    assert load_t(terms, form, carriers[vehicle]) == pytest.approx(by_hand_t)


def test_form_reads_the_figures_its_row_names(terms, loading, carriers):
    bale, loose = forms_of(terms, loading, carriers, "waste_plastic")
    assert (bale.name, bale.density_t_per_m3) == ("bale", 0.3)
    assert (bale.preparation_jpy_per_t, bale.terminal_preparation_jpy_per_t) == (6000, 4440)
    assert (bale.stevedoring_jpy_per_t, bale.empty_return, bale.multiplier) == (2200, 1, 1)
    assert (loose.preparation_jpy_per_t, loose.terminal_preparation_jpy_per_t) == (0, None)
    assert bale.is_waste
    assert loose.is_waste


def test_batteries_have_their_multiplier_and_packaging(terms, loading, carriers):
    (form,) = forms_of(terms, loading, carriers, "lib")
    assert (form.multiplier, form.preparation_jpy_per_t) == (1.35, 35_000)
    assert not form.of_kind("bulk")


def test_every_shipped_commodity_has_forms_with_a_truck(terms, loading, carriers):
    for commodity in loading["commodity"].unique():
        for form in forms_of(terms, loading, carriers, commodity):
            assert form.of_kind("road"), commodity
            assert all(load_t(terms, form, carrier) > 0 for carrier in form.carriers)


def test_commodity_without_a_row_is_told(terms, loading, carriers):
    with pytest.raises(ConfigError, match=r"loading.csv: no row for 'moon_dust'\. Add its form"):
        forms_of(terms, loading, carriers, "moon_dust")


def test_vehicle_that_is_no_carrier_is_told(terms, carriers):
    table = pd.DataFrame([ROW | {"vehicles": "truck_10t;zeppelin"}])
    with pytest.raises(ConfigError, match=r"loading.csv: 'lib' travels in \['zeppelin'\]"):
        forms_of(terms, table, carriers, "lib")


def test_batteries_in_a_hold_are_refused(terms, carriers):
    table = pd.DataFrame([ROW | {"vehicles": "truck_10t;coastal_499GT"}])
    told = r"'lib' travels in \['coastal_499GT'\], but must not go in bulk .* Use a chassis"
    with pytest.raises(ConfigError, match=told):
        forms_of(terms, table, carriers, "lib")


def test_batteries_in_a_hold_are_let_in_if_the_figure_allows_it(overridden, carriers):
    allowed = overridden({"transport/ship_bulk/lib/lib_allowed": 1})
    table = pd.DataFrame([ROW | {"vehicles": "truck_10t;coastal_499GT"}])
    (form,) = forms_of(allowed, table, carriers, "lib")
    assert [carrier.name for carrier in form.carriers] == ["truck_10t", "coastal_499GT"]


@pytest.mark.parametrize(("mode", "kind"), [("rail", "road"), ("truck", "bulk"), ("ship", "sail")])
def test_carrier_of_a_wrong_kind_or_mode_is_told(mode, kind):
    row = {"vehicle": "cart", "mode": mode, "kind": kind, "key": "k", "class_key": ""}
    told = rf"carriers.csv: 'cart' is of kind '{kind}' and mode '{mode}', expected one of"
    with pytest.raises(ConfigError, match=told):
        read_carriers(pd.DataFrame([row]))
