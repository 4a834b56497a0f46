"""From attributes of the original, coded and numbered, to columns of a layer."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from siting.errors import LayerError, some
from siting.layers.official.archive import fitting

if TYPE_CHECKING:
    from siting.layers.official import Column, Dataset

NUMBER = r"(\d+(?:\.\d+)?)"
DEPTH = re.compile(
    rf"{NUMBER}?\s*(?:m|メートル)?\s*(以上|以下|未満|超)?\s*[~〜-]?\s*{NUMBER}?\s*(?:m|メートル)?"
    r"\s*(以上|以下|未満|超)?"
)
"""A class of depth: two ends, or one and which it is."""

DASHES = str.maketrans({"〜": "~", "-": "~", "−": "~", "―": "~", "ー": "~", "–": "~"})


def shaped(frame: gpd.GeoDataFrame, dataset: Dataset) -> gpd.GeoDataFrame:
    """Return the features of `dataset` among those of `frame`, with its columns.

    A frame that already has all columns that are needed is one of this project's, and stays.

    Raises
    ------
    LayerError
        If attributes are missing, hold a value that is none, or no feature is left.
    """
    needed = [column for column in dataset.columns if not column.optional]
    ours = needed and all(column.name in frame for column in needed)
    if ours or not dataset.columns:
        return frame
    if lacking := [one for one in needed if not found_in(frame, one)]:
        wanted = "; ".join(f"{one.name} from {some(one.origin)}" for one in lacking)
        there = some(set(frame.columns) - {"geometry"}, limit=12)
        text = f"lacks {wanted}; there is {there}."
        raise LayerError.of_file(dataset.name, [f"{text} {fitting(dataset)}"])
    kept = frame[fits(frame, dataset)]
    if kept.empty:
        wanted = " or ".join(str(dict(one)) for one in dataset.only)
        raise LayerError.of_file(dataset.name, [f"no feature has {wanted}. Bring another file."])
    columns = {one.name: values(kept, one, dataset) for one in dataset.columns}
    return gpd.GeoDataFrame(columns, geometry=kept.geometry, crs=frame.crs)


def found_in(frame: gpd.GeoDataFrame, column: Column) -> list[str]:
    """Return the attributes of `frame` that may hold `column`."""
    return [name for name in column.origin if name in frame]


def fits(frame: gpd.GeoDataFrame, dataset: Dataset) -> pd.Series[bool]:
    """Return which features are kept."""
    if not dataset.only:
        return pd.Series(True, frame.index)
    result = pd.Series(False, frame.index)
    for wanted in dataset.only:
        if all(name in frame for name in wanted):
            each = [plain(frame[name]).isin(values_) for name, values_ in wanted.items()]
            result |= pd.concat(each, axis=1).all(axis=1)
    return result


def plain(column: Any) -> Any:
    """Return values as text: whole numbers without a point, whatever the original stored."""
    text = column.astype("str").str.strip().str.replace(r"^(\d+)\.0+$", r"\1", regex=True)
    return text.where(column.notna() & ~text.isin(["", "nan", "None"]))


def values(frame: gpd.GeoDataFrame, column: Column, dataset: Dataset) -> Any:
    """Return the values of `column`; of several attributes the first that is not empty."""
    text = pd.Series(None, frame.index, dtype="object")
    for name in found_in(frame, column):
        text = text.where(text.notna(), plain(frame[name]))
    known: dict[str, Any] = dict(column.codes)
    if not known:
        read = {one: READ[column.means](one) for one in set(text.dropna())}
        known = {one: value for one, value in read.items() if value is not None}
    if odd := set(text.dropna()) - set(known):
        expected = some(column.codes) if column.codes else EXPECTED[column.means]
        attribute = some(found_in(frame, column))
        message = f"{attribute} is {some(odd)}, expected {expected}."
        raise LayerError.of_file(dataset.name, [f"{message} Correct the file."])
    if not (column.optional or column.may_be_empty) and text.isna().any():
        count = int(text.isna().sum())
        message = f"{some(found_in(frame, column))} is empty in {count} features."
        raise LayerError.of_file(
            dataset.name, [f"{message} Fill them, or leave those features out."]
        )
    return text.map(known)


def depth_m(text: str) -> float | None:
    """Return the upper end of a class of depth [m], the lower end of an open one; none if unread.

    ``3m以上5m未満``, ``3m以上 〜 5m未満``, ``0.3～1m未満`` and ``20m以上`` are such classes.
    """
    known = unicodedata.normalize("NFKC", text).strip().translate(DASHES)
    found = DEPTH.fullmatch(known)
    if found is None or not (found[1] or found[3]):
        return None
    return float(found[3] or found[1])


def code(text: str) -> str | None:
    """Return a JIS code of five digits, its leading zero restored; none if it is no such."""
    return text.zfill(5) if re.fullmatch(r"\d{4,5}", text) else None


def number(text: str) -> float | None:
    """Return a number; none if it is none."""
    try:
        return float(text)
    except ValueError:
        return None


READ: dict[str, Any] = {"text": str, "number": number, "depth": depth_m, "code": code}
EXPECTED = {
    "text": "text",
    "number": "numbers",
    "depth": "classes such as 3m以上5m未満",
    "code": "codes of five digits",
}
