"""Read tables of the API of e-Stat, JSON or CSV: municipalities down, everything else across."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.errors import LayerError, some

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

AREA = "area"
FIXED = ["code", "name_ja", "value"]
MUNICIPAL = r"\d{5}"
WHOLE_PREFECTURE = r"\d{2}000"
"""Code of an area that is no municipality: a prefecture, or Japan."""


def read_estat(paths: Iterable[Path]) -> pd.DataFrame:
    """Return the table that all `paths` are pages of.

    Returns
    -------
    One row per municipality: code, name_ja, and a column of numbers for every combination of the
    other dimensions, named after what differs between them; empty where the table has a sign.

    Raises
    ------
    LayerError
        If e-Stat refused, or the table is not by municipality.
    """
    long = pd.concat([read_page(path) for path in paths], ignore_index=True)
    whole = long["code"].str.fullmatch(WHOLE_PREFECTURE)
    long = long[long["code"].str.fullmatch(MUNICIPAL) & ~whole].copy()
    if long.empty:
        text = "no row is of a municipality, expected five-digit codes of areas."
        raise LayerError(f"e-Stat: {text} Choose a table by municipality.")
    several = [one for one in long.columns.drop(FIXED) if len(long[one].unique()) > 1]
    long["column"] = long[several].agg("_".join, axis=1) if several else "value"
    signs = long["value"].astype("str").str.replace(",", "")
    long["value"] = pd.to_numeric(signs, errors="coerce")
    wide = long.pivot_table("value", ["code", "name_ja"], "column", aggfunc="first")
    return wide.rename_axis(columns=None).reset_index()


def next_page(path: Path) -> str | None:
    """Return where the page after that at `path` starts; none after the last."""
    found = answer(path)["STATISTICAL_DATA"]["RESULT_INF"].get("NEXT_KEY")
    return None if found is None else str(found)


def read_page(path: Path) -> pd.DataFrame:
    """Return code, name_ja, the names of its classes and value of every figure of one page."""
    if path.suffix.lower() == ".csv":
        return read_csv_page(path)
    data = answer(path)["STATISTICAL_DATA"]
    names = {one["@id"]: classes(one) for one in listed(data["CLASS_INF"]["CLASS_OBJ"])}
    rows = pd.DataFrame(listed(data["DATA_INF"]["VALUE"])).rename(columns=lambda n: n.lstrip("@"))
    if AREA not in rows:
        text = f"has no areas, but {some(names)}."
        raise LayerError.of_file(path, [f"{text} Choose a table by municipality."])
    dimensions = pd.DataFrame(
        {one: rows[one].map(names[one]) for one in names if one in rows and one != AREA}
    )
    area = rows[AREA]
    return dimensions.assign(code=area, name_ja=area.map(names[AREA]), value=rows["$"])


def answer(path: Path) -> dict[str, Any]:
    """Return what e-Stat answered, if it is a table."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["GET_STATS_DATA"]
        status, said = data["RESULT"]["STATUS"], data["RESULT"].get("ERROR_MSG", "")
    except (ValueError, KeyError, TypeError):
        text = "is no answer of the API of e-Stat, expected GET_STATS_DATA."
        raise LayerError.of_file(path, [f"{text} Fetch it again."]) from None
    if status or "STATISTICAL_DATA" not in data:
        text = f"e-Stat refused ({status}: {said})."
        raise LayerError.of_file(path, [f"{text} Correct the number of the table or ESTAT_APP_ID."])
    return data


def listed(found: Any) -> list[dict[str, str]]:
    """Return a list: e-Stat writes one entry without one."""
    return found if isinstance(found, list) else [found]


def classes(dimension: Any) -> dict[str, str]:
    """Return code to name of one dimension."""
    return {one["@code"]: one["@name"] for one in listed(dimension["CLASS"])}


def read_csv_page(path: Path) -> pd.DataFrame:
    """Return the same of a CSV of the API or of the site; lines before the titles are passed over.

    The titles are pairs such as area_code and 地域, and value.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932", "replace")
    lines = list(csv.reader(io.StringIO(text)))
    start = next((n for n, row in enumerate(lines) if "area_code" in row and "value" in row), None)
    if start is None:
        wanted = "a line of titles with area_code and value"
        raise LayerError.of_file(
            path, [f"expected {wanted}, found none. Download it as CSV of the API."]
        )
    titles = lines[start]
    table = pd.DataFrame([row for row in lines[start + 1 :] if len(row) == len(titles)])
    coded = [n for n, title in enumerate(titles) if title.endswith("_code")]
    area = titles.index("area_code")
    dimensions = pd.DataFrame({titles[n]: table[n + 1] for n in coded if n != area})
    value = table[titles.index("value")]
    return dimensions.assign(code=table[area], name_ja=table[area + 1], value=value)
