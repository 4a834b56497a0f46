"""The shipped layers, read once, and the builder's modules on the import path."""

import sys
from pathlib import Path

import pytest

from siting.layers import Layers, data_folder, read_layers

BUILD = Path(__file__).parents[2] / "data" / "build"
sys.path.insert(0, str(BUILD))


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder of the shipped layers."""
    return data_folder()


@pytest.fixture(scope="session")
def layers(folder: Path) -> Layers:
    """Return the shipped layers."""
    return read_layers(folder)
