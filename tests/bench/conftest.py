"""The readers of public sets on the import path, and small files whose optimum is known by hand."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bench" / "public"))

# Two warehouses and three customers. Unit costs of the customers: (1, 4), (2, 1), (1, 3).
ONE_LEVEL = {
    "orlib_cap": """ 2 3
        35. 100.
        50 120.
        10.  10. 40.
        20.  40. 20.
        30.  30. 90.""",
    "holmberg": "2 3\n35 100\n50 120\n10 20 30\n10 40 30\n40 20 90\n \0",
    "tbed1": "2 3\n10 20 30\n35 50\n100 120\n1 2 1\n4 1 3\n",
}

# Two plants, two satellites and two customers.
TWO_STAGE = """2 2 2
    4
    6
    10 50
    8 20
    1 2
    5 4
    10 15
    10 10
    1 3
    2 1"""

# The same with a second product, which the first customer does not ask for, the first plant does
# not make, and whose unit costs 1 on every way.
MAURI = """2 2 2 2
    4 0
    6 2
    10 0 50
    8 5 20
    1 2  5 4
    1 1  1 1
    10 5 15
    10 5 10
    1 3  2 1
    1 1  1 1"""

KOERKEL_GHOSH = "FILE: small\n2 3 0\n1 100 10 40 30\n2 120 40 20 90\n"


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Return a small file of each format."""
    more = {"koerkel_ghosh": KOERKEL_GHOSH, "two_stage": TWO_STAGE, "mauri": MAURI}
    return {**ONE_LEVEL, **more}


@pytest.fixture(scope="session")
def sets(texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the path of a small file of each format, in a folder named for it."""
    folder = tmp_path_factory.mktemp("sets")
    paths = {form: folder / form / "small" for form in texts}
    for form, path in paths.items():
        path.parent.mkdir()
        path.write_text(texts[form], encoding="utf-8")
    return paths
