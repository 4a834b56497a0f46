"""Ports and stations on the page."""

from typing import Any

import pandas as pd

from siting.carriage import handled_t, terminals
from siting.maps.key import Keys, by_period, short_rows
from siting.outcome import Outcome


def terminal_rows(outcome: Outcome, legs: pd.DataFrame, keys: Keys) -> list[list[Any]]:
    """Return [place, kind, commodity, tonnes handled] of each port and station that is used."""
    kind = terminals(outcome, legs)
    handled = by_period(handled_t(outcome, legs), keys)
    rows = zip(handled.index, short_rows(handled), strict=True)
    return [[keys.nodes[i], str(kind[i]), keys.commodities[k], t] for (i, k), t in rows]
