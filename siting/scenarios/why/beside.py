"""Regrets found earlier beside a plan, for its map."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Outcome

SAME = 1e-9
"""Plans whose costs differ by no more than this share are one plan [-]."""


def with_regrets(out: Path, outcome: Outcome) -> Outcome:
    """Return `outcome` with the regrets in ``out/<study>-why``, if they are of this plan."""
    folder = out / f"{outcome.study}-why"
    try:
        record = json.loads((folder / "why.json").read_text(encoding="utf-8"))
        rows = pd.read_csv(folder / "why.csv", dtype={"site": str}).set_index("site")
        cost_jpy, sha256 = float(record["objective_jpy"]), record["config_sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return outcome
    is_same = math.isclose(cost_jpy, outcome.plan.objective_jpy, rel_tol=SAME)
    if not is_same or sha256 != outcome.provenance.config_sha256:
        return outcome
    return replace(outcome, regrets=rows)
