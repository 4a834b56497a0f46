"""Features of a layer by the values in their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from siting.errors import LayerError, some

if TYPE_CHECKING:
    from collections.abc import Mapping


def matching(frame: Any, where: Mapping[str, object] | None, place: str) -> Any:
    """Return the rows of `frame` that have in each column of `where` one of its values.

    Parameters
    ----------
    frame : a table, with or without geometry.
    where : column to a value or a list of values, compared as text.
    place : what the table is called in messages.

    Raises
    ------
    LayerError
        If there is no such column, or no row is left.
    """
    if not where:
        return frame
    if unknown := set(where) - set(frame.columns):
        known = some(set(frame.columns) - {"geometry"}, limit=20)
        raise LayerError(f"{place}: no column {some(unknown)}, expected {known}. Correct where.")
    kept = frame
    for column, wanted in where.items():
        values = wanted if isinstance(wanted, list) else [wanted]
        kept = kept[kept[column].astype("str").isin([str(value) for value in values])]
    if kept.empty:
        column, wanted = next(iter(where.items()))
        found = some(frame[column].astype("str").unique())
        raise LayerError(
            f"{place}: no feature is left with {column} = {wanted}; there is {found}. "
            "Correct where."
        )
    return kept
