"""The index sets hold what can happen, and nothing else."""

from dataclasses import replace

import pandas as pd
import pyomo.environ as pyo
from model_case import SHIP, with_port, with_ship

from models import Instance, build_model

PLASTIC = "plastic_recycling"


def test_sets_are_read_off_the_tables(toy_model: pyo.ConcreteModel) -> None:
    m = toy_model
    assert list(m.PERIODS) == [2025, 2030]
    assert set(m.COMMODITIES) == {"waste_plastic", "recycled_pellet", "residue"}
    assert set(m.SUPPLIES) == {("A", "waste_plastic"), ("B", "waste_plastic")}
    assert set(m.HUBS) == {("H", PLASTIC, "small"), ("H", PLASTIC, "large")}
    assert set(m.TARGETS) == {("waste_plastic", 2030)}
    assert ("H", "J", "truck", "recycled_pellet") in m.ARCS


def test_site_stocks_what_its_recipes_take_or_make(toy_model: pyo.ConcreteModel) -> None:
    stocked = {("H", "waste_plastic"), ("H", "recycled_pellet"), ("H", "residue")}
    assert set(toy_model.STOCKS) == stocked


def test_sink_that_no_arc_reaches_is_no_demand(toy: Instance) -> None:
    far = toy.sinks.rename(index={"J": "K"}, level="sink")
    m = build_model(replace(toy, sinks=pd.concat([toy.sinks, far])))
    assert set(m.DEMANDS) == {("J", "recycled_pellet")}


def test_services_and_berths_are_those_of_their_tables(toy: Instance) -> None:
    m = build_model(with_port(with_ship(toy), SHIP, 20))
    assert (list(m.SERVICES), list(m.BERTHS)) == ([SHIP], ["P"])
