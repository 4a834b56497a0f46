"""The catalogue names every file and notices every change."""

import shutil

import pytest

from siting.errors import LayerError, MissingDataError
from siting.layers.catalog import check, find_layer, read_catalog, stale


def test_shipped_files_are_as_catalogued(folder):
    assert check(folder) == []


def test_catalogue_names_every_file_of_the_folder(folder):
    named = {entry.file for entry in read_catalog(folder).layers}
    assert named | {"catalog.yaml", "LICENSES.md"} == {path.name for path in folder.iterdir()}


def test_every_entry_says_licence_and_source(folder):
    assert all(entry.licence and entry.source for entry in read_catalog(folder).layers)


def test_changed_and_missing_files_are_found(tmp_path, folder):
    shutil.copy(folder / "catalog.yaml", tmp_path)
    (tmp_path / "growth.csv").write_text("changed")
    found = check(tmp_path)
    assert stale(tmp_path, find_layer(read_catalog(folder), "growth"))
    assert any(fault.startswith("growth.csv: sha256") for fault in found)
    assert any(fault.startswith("ports.gpkg: not found") for fault in found)


def test_other_crs_is_found(tmp_path, folder, layers):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    layers.ports.to_crs("EPSG:6677").to_file(tmp_path / "ports.gpkg")
    assert any("CRS is EPSG:6677, expected EPSG:4326" in fault for fault in check(tmp_path))


def test_unknown_layer_is_refused_with_the_names_there_are(folder):
    with pytest.raises(LayerError, match=r"no layer 'river', expected one of .*'ports'"):
        find_layer(read_catalog(folder), "river")


def test_missing_catalogue_is_missing_data(tmp_path):
    with pytest.raises(MissingDataError, match="expected the catalogue"):
        read_catalog(tmp_path)


@pytest.mark.parametrize("text", ["layers: [", "layers:\n- name: ports\n"])
def test_broken_catalogue_is_refused(tmp_path, text):
    (tmp_path / "catalog.yaml").write_text(text)
    with pytest.raises(LayerError, match=r"catalog\.yaml"):
        read_catalog(tmp_path)
