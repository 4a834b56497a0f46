"""Every format is read as its set means it, and a file that is none is refused in one sentence."""

from pathlib import Path

import numpy as np
import pytest
from public_file import FORMATS, read_network

ONE_LEVEL = ("orlib_cap", "holmberg", "tbed1")


@pytest.mark.parametrize("form", ONE_LEVEL)
def test_formats_of_one_level_say_the_same(form: str, sets: dict[str, Path]) -> None:
    network = read_network(sets[form])
    (level,) = network.levels
    assert network.demand.tolist() == [[10], [20], [30]]
    assert level.capacity.tolist() == [[35], [50]]
    assert level.fixed.tolist() == [100, 120]
    assert level.cost.tolist() == [[[1, 4], [2, 1], [1, 3]]]


def test_koerkel_ghosh_customers_ask_for_one_unit_and_no_warehouse_is_full(
    sets: dict[str, Path],
) -> None:
    network = read_network(sets["koerkel_ghosh"])
    (level,) = network.levels
    assert network.demand.tolist() == [[1], [1], [1]]
    assert np.isinf(level.capacity).all()
    assert level.cost.tolist() == [[[10, 40], [40, 20], [30, 90]]]


def test_word_for_a_capacity_is_no_limit(sets: dict[str, Path]) -> None:
    text = sets["orlib_cap"].read_text(encoding="utf-8").replace("50 120", "capacity 120")
    sets["orlib_cap"].with_name("endless").write_text(text, encoding="utf-8")
    (level,) = read_network(sets["orlib_cap"].with_name("endless")).levels
    assert level.capacity.tolist() == [[35], [np.inf]]


def test_satellites_come_before_plants(sets: dict[str, Path]) -> None:
    satellite, plant = read_network(sets["two_stage"]).levels
    assert (satellite.name, plant.name) == ("satellite", "plant")
    assert satellite.cost.tolist() == [[[1, 2], [3, 1]]]
    assert plant.cost.tolist() == [[[1, 5], [2, 4]]]
    assert (plant.capacity.tolist(), plant.fixed.tolist()) == ([[10], [8]], [50, 20])


def test_products_have_their_own_demand_capacity_and_cost(sets: dict[str, Path]) -> None:
    network = read_network(sets["mauri"])
    satellite, plant = network.levels
    assert network.demand.tolist() == [[4, 0], [6, 2]]
    assert plant.capacity.tolist() == [[10, 0], [8, 5]]
    assert satellite.fixed.tolist() == [15, 10]
    assert satellite.cost.tolist() == [[[1, 2], [3, 1]], [[1, 1], [1, 1]]]


@pytest.mark.parametrize("form", FORMATS)
def test_truncated_file_is_refused(form: str, texts: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "cut"
    words = texts[form].replace("\0", "").split()
    path.write_text(" ".join(words[:-1]), encoding="utf-8")
    with pytest.raises(ValueError, match=r"cut: it has \d+ numbers, expected \d+ or more"):
        read_network(path, form)


@pytest.mark.parametrize("form", FORMATS)
def test_longer_file_is_refused(form: str, texts: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_text(texts[form].replace("\0", "") + " 7 7", encoding="utf-8")
    with pytest.raises(ValueError, match="long: 2 numbers are left over"):
        read_network(path, form)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "it has 0 numbers, expected 2"),
        ("2 3 many", "it holds 'many', expected numbers"),
        ("2 nan", "it holds 'nan', expected numbers"),
        ("2.5 3 1 1", r"it starts with 2\.5 3, expected 2 counts above 0"),
        ("-2 3 1 1", "it starts with -2 3, expected 2 counts above 0"),
        ("1 1 5 10 0 4", "a customer asks for nothing"),
    ],
)
def test_fault_is_named_with_the_file(text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "bad"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"bad: {fault}"):
        read_network(path, "orlib_cap")


def test_format_is_that_of_the_nearest_folder(texts: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "orlib_cap" / "tbed1" / "small"
    path.parent.mkdir(parents=True)
    path.write_text(texts["tbed1"], encoding="utf-8")
    assert read_network(path).demand.tolist() == [[10], [20], [30]]


def test_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"format is None, expected one of orlib_cap, holmberg"):
        read_network(tmp_path / "small")
