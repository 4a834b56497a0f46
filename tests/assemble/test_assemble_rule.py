"""Rules are tables of text; those a folder may do without have no rows then."""

import shutil
from pathlib import Path

import pytest

from siting.assemble.rule import MAY_LACK, Rules
from siting.errors import MissingDataError

PARAMS = Path(__file__).parents[2] / "configs" / "params"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the shipped tables."""
    return shutil.copytree(PARAMS, tmp_path / "params")


@pytest.mark.parametrize("name", sorted(MAY_LACK))
def test_table_that_may_lack_has_the_columns_of_the_shipped_one(rules, folder, name):
    shipped = getattr(rules, name)
    assert len(shipped)
    assert set(MAY_LACK[name]) <= set(shipped.columns)
    (folder / f"{name}.csv").unlink()
    assert getattr(Rules.read(folder), name).empty


def test_table_that_is_needed_is_told(folder):
    (folder / "markets.csv").unlink()
    with pytest.raises(MissingDataError, match=r"markets\.csv"):
        Rules.read(folder)
