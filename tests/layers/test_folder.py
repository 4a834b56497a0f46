"""The layers are found beside the code."""

from pathlib import Path

import pytest

from siting.errors import MissingDataError
from siting.layers import folder as module


def test_clone_reads_its_own_data(folder):
    assert (folder / "catalog.yaml").is_file()


def test_installed_package_reads_the_data_it_carries(tmp_path, monkeypatch):
    carried = tmp_path / "siting" / "data" / "gis"
    carried.mkdir(parents=True)
    (carried / "catalog.yaml").touch()
    monkeypatch.setattr(module, "files", lambda _: tmp_path / "siting")
    assert module.data_folder() == carried


def test_no_data_is_missing_data(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "files", lambda _: Path(tmp_path / "siting"))
    with pytest.raises(MissingDataError, match="expected the shipped layers"):
        module.data_folder()
