"""The network of a study: which modes, ports and services it has, and who may use them."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from siting.assemble.ground import sink_table
from siting.assemble.transport.network import (
    find_forms,
    find_net,
    find_terminals,
    hash_of,
    port_uses,
    refuse_empty_modes,
    service_lines,
)
from siting.config_transport import OwnPort
from siting.errors import ConfigError
from siting.figures import read_figures
from siting.freight.load import BULK, CHASSIS, CONTAINER, read_carriers
from siting.network.road import Reach, find_routes
from siting.network.terminal import Terminals

PARAMS = Path(__file__).parents[3] / "configs" / "params"
LINE = "  long_haul: overnight       # after 9 h at the wheel; or: relay"
SERVICE = "{{id: {id}, from: {start}, to: {end}, vehicle: {vehicle}, trips_per_yr: 52}}"


@pytest.fixture
def carriers(rules):
    """Return the shipped carriers."""
    return read_carriers(rules.carriers)


@pytest.fixture
def served(edited):
    """Return a function that reads the national study with the services given."""

    def read(*services):
        rows = [
            SERVICE.format(**({"id": "S", "vehicle": "coastal_499GT"} | service))
            for service in services
        ]
        return edited(LINE, "  services:\n" + "\n".join(f"    - {row}" for row in rows))

    return read


FEW = {
    "H1": ("international_strategic", 0),
    "H2": ("international_strategic", 0),
    "R": ("local", 1),
    "M": ("important", 0),
    "L": ("local", 0),
}
"""Ports of a made-up country: class, and whether recycling may use them."""


@pytest.fixture
def few():
    """Return the layers of five ports, their services and terminals."""
    ports = pd.DataFrame.from_dict(FEW, orient="index", columns=["port_class", "recycling_port"])
    lines = [("H1", "container_feeder"), ("H2", "container_international"), ("M", "ro_ro"),
             ("R", "container_feeder"), ("L", "container_feeder")]  # fmt: skip
    services = pd.DataFrame(index=pd.MultiIndex.from_tuples(lines, names=["port_id", "service"]))
    layers = SimpleNamespace(ports=ports, port_services=services)
    return layers, Terminals(pd.DataFrame(index=pd.Index(list(FEW))), np.zeros((5, 5)))


def uses_of(study, few, *own_ports, apart_km=500.0):
    """Return the names of the ports of each use, and the links by name."""
    layers, terminals = few
    ids = pd.Index([*terminals.places.index, *(port.id for port in own_ports)])
    own = study.transport.model_copy(update={"ports": list(own_ports)})
    distance_km = apart_km * ~np.eye(len(ids), dtype=bool)
    places = Terminals(pd.DataFrame(index=ids), distance_km)
    figures = read_figures(PARAMS, {})
    found = port_uses(study.model_copy(update={"transport": own}), layers, figures, places)
    names = {use: set(ids[serves]) for use, (serves, _) in found.items()}
    links = {use: {(ids[a], ids[b]) for a, b in np.argwhere(joins)} for use, (_, joins) in
             found.items()}  # fmt: skip
    return names, links


def test_each_kind_of_ship_uses_its_own_ports(study, few):
    names, _ = uses_of(study, few)
    assert names == {
        BULK: {"H1", "H2", "M"},
        "bulk_waste": {"R"},
        CHASSIS: {"M"},
        CONTAINER: {"H1", "H2", "R", "L"},
    }


def test_coastal_feeders_have_one_end_at_a_strategic_port(study, few):
    _, links = uses_of(study, few)
    assert ("L", "R") not in links[CONTAINER]
    assert {("L", "H1"), ("H1", "L"), ("H1", "H2")} <= links[CONTAINER]
    assert {("L", "R"), ("M", "L")} <= links[BULK] & links[CHASSIS]
    assert not [pair for found in links.values() for pair in found if pair[0] == pair[1]]


def test_liners_do_not_call_for_a_haul_within_a_region(study, few):
    _, links = uses_of(study, few, apart_km=99.0)
    assert not links[CHASSIS] | links[CONTAINER]
    assert ("M", "L") in links[BULK]
    assert ("L", "H1") in uses_of(study, few, apart_km=100.0)[1][CONTAINER]


def test_own_port_serves_what_the_study_says(study, few):
    own = OwnPort(id="OWN", lat=34.0, lon=135.0, handles=["bulk_waste", "chassis"])
    names, links = uses_of(study, few, own)
    assert {use for use, found in names.items() if "OWN" in found} == {"bulk_waste", CHASSIS}
    assert ("OWN", "L") not in links[CONTAINER]
    assert ("OWN", "H1") in links[CONTAINER]


def test_shipped_waste_sails_in_bulk_only_from_recycling_ports(net, layers):
    ports = net.terminals["ship"].places.index
    waste = set(ports[net.ports["bulk_waste"][0]])
    assert waste == set(layers.ports.index[layers.ports["recycling_port"] == 1])
    assert len(waste) == 22
    chains = net.offers("waste_plastic", *few_ends(net), np.full(len(few_ends(net)[0]), 1e9))
    for chain in chains["ship"].chains:
        if net.carriers[chain.vehicle].kind == BULK:
            assert set(ports[chain.may_load | chain.may_unload]) <= waste


def few_ends(net):
    """Return the towns and the sites of the small network."""
    return net.places.index.difference(net.sites)[:20], net.sites


@pytest.mark.parametrize("commodity", ["lib", "pv_panel"])
def test_what_must_not_go_in_bulk_has_no_hold(net, commodity):
    towns, sites = few_ends(net)
    offers = net.offers(commodity, towns, sites, np.full(len(towns), 1e9))
    kinds = {net.carriers[c.vehicle].kind for m in ("rail", "ship") for c in offers[m].chains}
    assert kinds == {"train", CHASSIS, CONTAINER}


def test_island_without_a_road_sails_to_every_port_of_the_layer(net):
    places = net.places[net.places["by_ferry"]]
    ways = net.to_terminals["ship"].at(net.places.index.get_indexer(places.index))
    assert len(places)
    assert (ways.routes.ferries >= 1).all()


def test_site_and_sink_of_an_island_cross_the_water_as_its_town_does(layers, roads, towns, sites):
    sinks = sink_table(layers)
    works = [sites.loc[["ET15"]], sinks.loc[["DS059"]]]  # the quay of Uno is 2.0 and 2.2 km off
    town = towns.loc[["37364"]]
    ports = layers.ports.assign(lat=layers.ports.geometry.y, lon=layers.ports.geometry.x)
    uno = ports.loc[["P085"]].assign(by_ferry=False)
    for place in [*works, town]:
        found = find_routes(roads, place, uno, Reach())
        assert (found.ferries.item(), found.ferry_km.item()) == (1, pytest.approx(4.4))
    bridged = find_routes(roads, sinks.loc[["DS060"]], uno, Reach())
    assert bridged.ferries.item() == 0


def test_road_towns_reach_terminals_by_road(net):
    rows = np.flatnonzero(~net.places["by_ferry"])
    for ways in net.to_terminals.values():
        routes = ways.at(rows).routes
        assert np.isfinite(routes.road_km).all()
        assert (np.median(routes.ferries) == 0).all()


@pytest.mark.parametrize("mode", ["truck", "rail", "ship"])
def test_mode_without_a_vehicle_is_told(study, carriers, rules, mode):
    kept = [name for name, carrier in carriers.items() if carrier.mode != mode]
    only = rules.loading["vehicles"].map(
        lambda row: ";".join(v for v in row.split(";") if v in kept) or kept[0]
    )
    told = f"carriers.csv: mode '{mode}' of the study has no vehicle that loading.csv uses"
    with pytest.raises(ConfigError, match=told):
        refuse_empty_modes(study, carriers, rules.loading.assign(vehicles=only))


def test_every_mode_of_the_study_has_vehicles(study, carriers, rules):
    refuse_empty_modes(study, carriers, rules.loading)
    without = rules.loading.assign(vehicles="truck_10t")
    refuse_empty_modes(study.model_copy(update={"modes": ["truck"]}), carriers, without)


def test_terminals_are_those_of_the_modes(study, layers):
    trucks = study.model_copy(update={"modes": ["truck"]})
    assert find_terminals(trucks, layers) == {}
    assert set(find_terminals(study, layers)) == {"rail", "ship"}
    trains = study.model_copy(update={"modes": ["truck", "rail"]})
    assert set(find_terminals(trains, layers)) == {"rail"}


def test_service_runs_between_ports_called_by_name_or_id(served, net, carriers):
    config = served(
        {"start": "北九州港", "end": "P038"},
        {"id": "T", "start": "RS01", "end": "RS02", "vehicle": "jr_31ft"},
    )
    lines = service_lines(config, net.terminals, carriers)
    ports = net.terminals["ship"].places.index
    assert list(lines) == ["ship:S", "rail:T"]
    ends = [ports[n] for n in (lines["ship:S"].start, lines["ship:S"].end)]
    assert ends == ["P074", "P038"]
    assert lines["ship:S"].trips_per_yr == 52
    assert (lines["rail:T"].start, lines["rail:T"].end) == (0, 1)


@pytest.mark.parametrize(
    ("services", "told"),
    [
        ([{"start": "P074", "end": "P038", "vehicle": "zeppelin"}], "vehicle 'zeppelin' is unkn"),
        ([{"start": "P074", "end": "P038", "vehicle": "truck_10t"}], "vehicle 'truck_10t' is unkn"),
        ([{"start": "P074", "end": "P074"}], "service 'S' ends where it starts"),
        ([{"start": "P074", "end": "霞ヶ関港"}], "'霞ヶ関港' is unknown"),
        ([{"start": "北九州", "end": "P038"}], "'北九州' is unknown. Did you mean 北九州港?"),
        ([{"start": "P074", "end": "P038"}] * 2, "service 'S' stands twice"),
    ],
)
def test_service_that_cannot_be_meant_is_told_with_its_line(served, net, carriers, services, told):
    with pytest.raises(ConfigError, match=r"study\.yaml:\d+:\d+: .*") as fault:
        service_lines(served(*services), net.terminals, carriers)
    assert told in str(fault.value)


def test_prices_rest_on_figures_tables_terminals_and_settings(study, net):
    figures = net.terms.figures
    dearer = figures.table.copy()
    dearer.loc["transport/truck/truck_10t/trip_fixed", "value"] = 1.0
    no_waste = (np.zeros_like(net.ports["bulk_waste"][0]), net.ports["bulk_waste"][1])
    relay = study.transport.model_copy(update={"long_haul": "relay"})
    changed = [
        hash_of(net, study.model_copy(update={"transport": relay})),
        *(
            hash_of(replace(net, **change), study)
            for change in (
                {"terms": replace(net.terms, figures=replace(figures, table=dearer))},
                {"loading": net.loading.iloc[1:]},
                {"carriers": {k: c for k, c in net.carriers.items() if k != "truck_2t"}},
                {"places": net.places.assign(tariff_index=1.0)},
                {"terminals": {"ship": net.terminals["ship"]}},
                {"ports": net.ports | {"bulk_waste": no_waste}},
                {"modes": ("truck",)},
            )
        ),
    ]
    assert hash_of(net, study) == net.content_hash
    assert len({net.content_hash, *changed}) == 1 + len(changed)


def test_forms_are_found_for_the_charts(study):
    terms, forms = find_forms(study, PARAMS, ["waste_plastic", "lib"])
    assert [form.name for form in forms["waste_plastic"]] == ["bale", "loose"]
    assert terms.co2_method == study.transport.co2_method


def test_network_of_wrong_carriers_is_told(japan, layers, roads, figures, rules, ground):
    wrong = rules.carriers.assign(mode="barge")
    with pytest.raises(ConfigError, match=r"carriers.csv: 'truck_2t' is of kind 'road'"):
        find_net(japan, layers, roads, figures, replace(rules, carriers=wrong), ground)
