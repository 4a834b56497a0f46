"""The door for layers lets nothing broken in."""

import shutil

import pandas as pd
import pytest

from siting.errors import LayerError, MissingDataError
from siting.layers.read import read_layer, read_table
from siting.layers.spec import GENERATION, GROWTH, PORTS


def test_layer_is_indexed_and_sorted_by_its_key(folder):
    ports = read_layer(folder, PORTS)
    assert ports.index.name == "port_id"
    assert ports.index[0] == "P001"
    assert ports.crs.to_epsg() == 4326


def test_table_keeps_the_leading_zero(folder):
    assert read_table(folder, GENERATION).index.get_level_values("code")[0] == "01100"


def test_table_that_lost_its_zeros_is_refused(tmp_path, folder):
    table = pd.read_csv(folder / "generation.csv").head(24)
    table.to_csv(tmp_path / "generation.csv", index=False)
    with pytest.raises(LayerError, match="code is '1100', '1202', expected 5 digits"):
        read_table(tmp_path, GENERATION)


def test_wrong_crs_is_refused(tmp_path, layers):
    layers.ports.to_crs("EPSG:6677").to_file(tmp_path / "ports.gpkg")
    with pytest.raises(LayerError, match="CRS is EPSG:6677, expected EPSG:4326"):
        read_layer(tmp_path, PORTS)


def test_all_faults_come_in_one_message(tmp_path, layers):
    broken = layers.ports.reset_index().astype({"muni_code": int, "pref_code": int})
    broken.to_file(tmp_path / "ports.gpkg")
    with pytest.raises(LayerError, match="2 faults") as caught:
        read_layer(tmp_path, PORTS)
    assert "pref_code is '1', '2'" in str(caught.value)


@pytest.mark.parametrize(("spec", "read"), [(PORTS, read_layer), (GROWTH, read_table)])
def test_missing_file_is_missing_data(tmp_path, spec, read):
    with pytest.raises(MissingDataError, match=rf"{spec.file}: not found"):
        read(tmp_path, spec)


def test_unreadable_file_is_a_layer_fault(tmp_path, folder):
    shutil.copy(folder / "catalog.yaml", tmp_path / "ports.gpkg")
    with pytest.raises(LayerError, match="cannot be read"):
        read_layer(tmp_path, PORTS)
