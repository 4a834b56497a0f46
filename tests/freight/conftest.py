"""The shipped figures and tables, and what the study chooses, for the prices of carriers."""

from collections.abc import Callable
from pathlib import Path

import freight_case
import pandas as pd
import pytest

from siting.figures import Figures, read_csv, read_figures
from siting.freight.leg import Terms, Ways
from siting.freight.load import Carrier, Form, forms_of, read_carriers

PARAMS = Path(__file__).parents[2] / "configs" / "params"


@pytest.fixture(scope="session")
def figures() -> Figures:
    """Return the shipped figures."""
    return read_figures(PARAMS, {})


@pytest.fixture(scope="session")
def terms(figures: Figures) -> Terms:
    """Return the terms of a study that chooses nothing: tonne-kilometres and nights."""
    return Terms(figures)


@pytest.fixture(scope="session")
def overridden() -> Callable[..., Terms]:
    """Return a function that gives the terms with some figures changed."""
    return lambda overrides: Terms(read_figures(PARAMS, overrides))


@pytest.fixture(scope="session")
def loading() -> pd.DataFrame:
    """Return the forms and vehicles of each commodity."""
    return read_csv(PARAMS / "loading.csv")


@pytest.fixture(scope="session")
def carriers() -> dict[str, Carrier]:
    """Return the shipped carriers."""
    return read_carriers(read_csv(PARAMS / "carriers.csv"))


@pytest.fixture(scope="session")
def tariff() -> pd.DataFrame:
    """Return the published tariffs as they stand in the table: vehicle_class, parameter, value."""
    table = read_csv(PARAMS / "transport.csv")
    points = table[table["group"] == "tariff_point"]
    return points.assign(value=points["value"].astype(float))


@pytest.fixture(scope="session")
def ways() -> Callable[..., Ways]:
    """Return the function that makes truck ways of given road distances."""
    return freight_case.ways


@pytest.fixture(scope="session")
def dense(carriers: dict[str, Carrier]) -> Callable[..., Form]:
    """Return a function that gives dense cargo in the carriers named."""
    return lambda *names, **changes: freight_case.made(*(carriers[n] for n in names), **changes)


@pytest.fixture(scope="session")
def forms(
    terms: Terms, loading: pd.DataFrame, carriers: dict[str, Carrier]
) -> Callable[[str], dict[str, Form]]:
    """Return a function that gives the shipped forms of a commodity by name."""
    return lambda k: {form.name: form for form in forms_of(terms, loading, carriers, k)}
