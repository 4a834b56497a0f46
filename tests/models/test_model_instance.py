"""A wrong table is refused, its faults located; a folder reads back the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from model_case import SHIP, with_column, with_port, with_ship, without_rows

from models import Instance, InstanceError
from models.instance import TABLES, some


def refused(data: Instance, **tables: pd.DataFrame) -> str:
    """Return the message with which `data` is refused once `tables` replace its own."""
    with pytest.raises(InstanceError) as error:
        replace(data, **tables)
    return str(error.value)


def renamed(table: pd.DataFrame, level: str, old: str, new: str) -> pd.DataFrame:
    return table.rename(index={old: new}, level=level)


def test_missing_column_is_named(toy: Instance) -> None:
    message = refused(toy, arcs=toy.arcs.drop(columns=["hours", "kgco2e_per_t"]))
    assert message == "instance:\n  - arcs: columns ['hours', 'kgco2e_per_t'] are missing"


def test_wrong_index_says_what_was_expected(toy: Instance) -> None:
    message = refused(toy, supply=toy.supply.reset_index("period"))
    expected = (
        "supply: index is ('source', 'commodity'), expected ('source', 'commodity', 'period')"
    )
    assert expected in message


def test_repeated_row_is_named(toy: Instance) -> None:
    message = refused(toy, hubs=pd.concat([toy.hubs, toy.hubs.iloc[:1]]))
    assert "hubs: rows ('H', 'plastic_recycling', 'large') stand twice" in message


@pytest.mark.parametrize(
    ("table", "column", "value", "limits"),
    [
        ("supply", "supply_t", -1.0, "0 to inf"),
        ("targets", "min_collected_share", 1.1, "0 to 1"),
        ("periods", "years", 0.5, "1 to 100"),
        ("hubs", "annuity_per_yr", np.nan, "0 to 1"),
        ("arcs", "cost_jpy_per_t", -5.0, "0 to inf"),
        ("baseline", "cost_jpy_per_t", np.nan, "-inf to inf"),
    ],
)
def test_value_out_of_limits_is_located(
    toy: Instance, table: str, column: str, value: float, limits: str
) -> None:
    changed = getattr(toy, table).astype({column: float})
    changed.iloc[0, changed.columns.get_loc(column)] = value
    row = some(changed.index[:1])
    message = refused(toy, **{table: changed})
    assert f"{table}: {column} at {row} is not a number within {limits}" in message


def test_negative_price_is_a_gate_fee_not_a_fault(toy: Instance) -> None:
    assert with_column(toy, "sinks", price_jpy_per_t=-12_000.0).sinks["price_jpy_per_t"].lt(0).all()


@pytest.mark.parametrize(
    ("table", "level", "old"),
    [
        ("targets", "commodity", "waste_plastic"),
        ("recipes", "commodity", "residue"),
        ("hubs", "technology", "plastic_recycling"),
        ("sinks", "commodity", "recycled_pellet"),
        ("arcs", "commodity", "waste_plastic"),
        ("arcs", "origin", "A"),
        ("arcs", "destination", "J"),
    ],
)
def test_unknown_name_is_reported(toy: Instance, table: str, level: str, old: str) -> None:
    changed = renamed(getattr(toy, table), level, old, "elsewhere")
    assert f"{table}: {level} elsewhere is unknown" in refused(toy, **{table: changed})


@pytest.mark.parametrize("table", ["supply", "targets", "sinks"])
def test_unknown_period_is_reported(toy: Instance, table: str) -> None:
    changed = getattr(toy, table).rename(index={2030: 2031}, level="period")
    assert f"{table}: period 2031 is unknown" in refused(toy, **{table: changed})


def test_arc_does_not_end_at_a_source_or_start_at_a_sink(toy: Instance) -> None:
    turned = toy.arcs.reset_index().rename(
        columns={"origin": "destination", "destination": "origin"}
    )
    message = refused(toy, arcs=turned.set_index(list(TABLES["arcs"].index)))
    assert "arcs: origin J is unknown" in message
    assert "arcs: destination A, B is unknown" in message


def test_recipe_that_loses_mass_is_refused(toy: Instance) -> None:
    lossy = toy.recipes.assign(yield_t_per_t=toy.recipes["yield_t_per_t"] * 0.9)
    message = refused(toy, recipes=lossy)
    assert "recipes: mass in and out differ for plastic_recycling; add the residue" in message


def test_recipe_is_for_one_tonne_of_throughput(toy: Instance) -> None:
    halved = toy.recipes / 2
    message = refused(toy, recipes=halved)
    assert "recipes: inputs of plastic_recycling do not sum to 1 t per t of throughput" in message


def test_baseline_needs_the_rows_of_supply(toy: Instance) -> None:
    assert "baseline: rows differ from those of supply" in refused(
        toy, baseline=toy.baseline.iloc[1:]
    )


def test_node_of_two_kinds_is_refused(toy: Instance) -> None:
    supply = renamed(toy.supply, "source", "B", "J")
    baseline = renamed(toy.baseline, "source", "B", "J")
    arcs = renamed(toy.arcs, "origin", "B", "J")
    message = refused(toy, supply=supply, baseline=baseline, arcs=arcs)
    assert "nodes J stand for two kinds; rename one" in message


def test_all_faults_are_in_one_message(toy: Instance) -> None:
    message = refused(
        toy, arcs=toy.arcs.drop(columns="hours"), supply=toy.supply.assign(supply_t=-1.0)
    )
    assert "arcs: columns ['hours']" in message
    assert "supply: supply_t at" in message


def test_at_most_five_names_are_told() -> None:
    assert some("gfedcba") == "a, b, c, d, e (+2 more)"
    assert some("ba") == "a, b"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: without_rows(data, "targets"),
        lambda data: with_port(with_ship(data, min_lot_t=5, hold_t_per_t=1.7), SHIP, 20),
    ],
)
def test_folder_reads_back_the_same(
    toy: Instance, tmp_path: Path, change: Callable[[Instance], Instance]
) -> None:
    data = change(toy)
    data.write(tmp_path)
    again = Instance.read(tmp_path)
    for name in TABLES:
        pd.testing.assert_frame_equal(
            getattr(again, name), getattr(data, name), check_dtype=False, check_index_type=False
        )


def test_codes_keep_their_leading_zeros(toy: Instance, tmp_path: Path) -> None:
    coded = replace(
        toy,
        supply=renamed(toy.supply, "source", "A", "01106"),
        baseline=renamed(toy.baseline, "source", "A", "01106"),
        arcs=renamed(toy.arcs, "origin", "A", "01106"),
    )
    coded.write(tmp_path)
    again = Instance.read(tmp_path)
    assert "01106" in again.supply.index.unique("source")
    assert "01106" in again.arcs.index.unique("origin")
    assert again.periods.index.to_list() == [2025, 2030]


def test_endless_demand_survives_the_folder(toy: Instance, tmp_path: Path) -> None:
    with_column(toy, "sinks", demand_t=np.inf).write(tmp_path)
    assert np.isinf(Instance.read(tmp_path).sinks["demand_t"]).all()


def test_missing_table_is_named(toy: Instance, tmp_path: Path) -> None:
    toy.write(tmp_path)
    (tmp_path / "sinks.csv").unlink()
    with pytest.raises(InstanceError, match=r"sinks\.csv: the table is missing"):
        Instance.read(tmp_path)


def test_missing_index_column_is_named(toy: Instance, tmp_path: Path) -> None:
    toy.write(tmp_path)
    toy.arcs.droplevel("mode").to_csv(tmp_path / "arcs.csv")
    with pytest.raises(InstanceError, match=r"arcs\.csv: index columns \['mode'\] are missing"):
        Instance.read(tmp_path)


def test_with_arcs_keeps_only_the_chosen_ones(toy: Instance) -> None:
    kept = toy.with_arcs(np.array([True, False, True]))
    pd.testing.assert_frame_equal(kept.arcs, toy.arcs.iloc[[0, 2]])
    assert kept.supply is toy.supply


LIMITS = tuple(TABLES)[9:]  # from services on


def test_folder_without_the_tables_of_limits_is_read_as_without_limits(
    toy: Instance, tmp_path: Path
) -> None:
    toy.write(tmp_path)
    for name in LIMITS:
        assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8").count("\n") == 1
        (tmp_path / f"{name}.csv").unlink()
    again = Instance.read(tmp_path)
    assert not any(len(getattr(again, name)) for name in LIMITS)
    assert {name for name, spec in TABLES.items() if spec.may_lack} == set(LIMITS)


def test_with_arcs_keeps_the_calls_of_the_arcs_it_keeps(toy: Instance) -> None:
    data = with_port(with_ship(toy), SHIP, 20)
    ship = data.arcs.index.get_level_values("mode") == SHIP
    assert len(data.with_arcs(ship).calls) == 1
    assert not len(data.with_arcs(~ship).calls)


def test_mode_with_a_colon_must_be_a_service(toy: Instance) -> None:
    message = refused(
        with_ship(toy), services=with_ship(toy).services.rename(index={SHIP: "ship:T"})
    )
    assert "arcs: mode ship:S is no known service; give services a row for it" in message
    assert "stowage: service ship:S is unknown" in message


def test_service_without_a_colon_is_refused(toy: Instance) -> None:
    services = with_ship(toy).services.rename(index={SHIP: "truck"})
    assert "services: truck names no mode; write it as ship:NAME" in refused(toy, services=services)


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("capacity_t", 0.0, "services: capacity_t of ship:S is not above 0 and finite"),
        ("capacity_t", np.inf, "services: capacity_t of ship:S is not above 0 and finite"),
        ("min_lot_t", 101.0, "services: min_lot_t of ship:S is above capacity_t; it can never run"),
        ("yearly_cost_jpy", -1.0, "services: yearly_cost_jpy at ship:S is not a number within 0"),
    ],
)
def test_impossible_service_is_refused(
    toy: Instance, column: str, value: float, fault: str
) -> None:
    data = with_ship(toy)
    assert fault in refused(data, services=data.services.assign(**{column: value}))


def test_tonne_takes_at_least_its_weight_of_hold(toy: Instance) -> None:
    data = with_ship(toy)
    message = refused(data, stowage=data.stowage.assign(hold_t_per_t=0.9))
    assert (
        "stowage: hold_t_per_t at ('ship:S', 'waste_plastic') is not a number within 1" in message
    )


def test_call_needs_a_known_port_and_arc(toy: Instance) -> None:
    data = with_port(with_ship(toy), SHIP, 20)
    assert "calls: port P is unknown" in refused(data, berths=data.berths.iloc[:0])
    elsewhere = renamed(data.calls, "mode", SHIP, "rail")
    message = refused(data, calls=elsewhere)
    assert "calls: arc ('B', 'H', 'rail', 'waste_plastic') is unknown" in message


def test_endless_berth_is_left_out(toy: Instance) -> None:
    data = with_port(with_ship(toy), SHIP, 20)
    message = refused(data, berths=data.berths.assign(capacity_t_per_yr=np.inf))
    assert "berths: capacity_t_per_yr of P is not finite; leave the row out" in message
