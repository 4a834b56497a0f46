"""The plan that questions are about: that of a finished run of the same numbers, or a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.instance import TABLES, Instance, InstanceError
from siting.errors import SitingError

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Outcome

CERTIFICATE = "certificate.npz"


def finished(folder: Path, data: Instance) -> Outcome | None:
    """Return the outcome that a run left in `folder`, if it is of the numbers `data` and of cost.

    With its multipliers, which a map does not need. A study with services is solved anew: which of
    them run is not read back.
    """
    from siting.scenarios.finished import read_outcome

    if len(data.services) or not (folder / CERTIFICATE).is_file():
        return None
    try:
        outcome = read_outcome(folder)
        multipliers = read_multipliers(folder / CERTIFICATE)
    except (SitingError, InstanceError, OSError, KeyError, ValueError):
        return None
    if outcome.plan.objective != "cost" or not same(outcome.instance, data):
        return None
    return replace(outcome, plan=replace(outcome.plan, multipliers=multipliers))


def read_multipliers(path: Path) -> pd.DataFrame:
    """Return the multipliers of a certificate as ``Plan.multipliers`` has them."""
    with np.load(path) as file:
        levels = {name: file[name].astype(str) for name in ("part", "law", "index")}
        index = pd.MultiIndex.from_arrays(list(levels.values()), names=list(levels))
        return pd.DataFrame({"dual_jpy": file["dual_jpy"].astype(float)}, index=index).sort_index()


def same(one: Instance, other: Instance) -> bool:
    """Return whether two instances hold the same numbers."""
    return all(equal(getattr(one, name), getattr(other, name)) for name in TABLES)


def equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Return whether two tables hold the same numbers by name."""
    if len(one) != len(other) or set(one.columns) != set(other.columns):
        return False
    if not len(one):
        return True
    one, other = one.sort_index(), other.sort_index()[list(one.columns)]
    if [*map(as_text, one.index)] != [*map(as_text, other.index)]:
        return False
    return bool(np.allclose(one.to_numpy(float), other.to_numpy(float), rtol=1e-9, atol=1e-12))


def as_text(key: object) -> str:
    """Return an entry of an index as text."""
    return "|".join(map(str, key)) if isinstance(key, tuple) else str(key)
