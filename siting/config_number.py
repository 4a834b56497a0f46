"""A number as people write it: in full-width digits, with commas, with a unit, in 万 and 億."""

from __future__ import annotations

import re
import unicodedata

from siting.errors import ConfigError
from siting.units import factor

MYRIADS = {"万": 1e4, "億": 1e8, "兆": 1e12}

UNITS = {
    "円": "JPY", "yen": "JPY", "年": "yr", "year": "yr", "years": "yr", "月": "month",
    "months": "month", "日": "d", "時間": "h", "hours": "h", "分": "min", "minutes": "min",
    "秒": "s", "sec": "s", "seconds": "s", "トン": "t", "キロ": "km", "度": "degree",
}  # fmt: skip
"""Word for a unit to its name in the parameter tables, or in ``SECONDS``."""

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
"""The project's tables know no seconds, settings do."""

NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][+-]?\d+)?)"
    r"\s*(?P<myriad>[万億兆]?)\s*(?P<unit>[^\d\s].*)?"
)


def meant(text: str) -> str:
    """Return `text` with full-width letters, digits and marks as plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def unit_of(description: str) -> str:
    """Return the unit that ends the `description` of a setting, ``1`` for a pure number."""
    found = re.findall(r"\[([^\]]+)\]", description)
    return {"-": "1"}.get(found[-1], found[-1]) if found else ""


def number_hint(text: str, unit: str) -> str:
    """Return what number `text` seems to mean for a setting in `unit`; empty if none.

    Parameters
    ----------
    unit : such as km; empty if the setting has none.
    """
    plain = meant(text)
    found = NUMBER.fullmatch(plain)
    if not found or not found["number"]:
        return ""
    value = float(ungrouped(found["number"])) * MYRIADS.get(found["myriad"], 1.0)
    written = (found["unit"] or "").strip()
    if not written:
        width = " Its characters are full-width." if plain != text.strip() else ""
        return f"{width} Write {shown(value)}."
    share = in_unit(value, written, unit)
    if share is None:
        return f" It is counted in {unit}: write the number alone." if unit else ""
    if unit == "1":
        return f" It is a pure number: write {shown(share)}."
    return f" It is counted in {unit}: write {shown(share)}."


def ungrouped(number: str) -> str:
    """Return `number` without commas between thousands, a comma before decimals as a point."""
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", number):
        return number.replace(",", "")
    return number.replace(",", ".")


def in_unit(value: float, written: str, unit: str) -> float | None:
    """Return `value`, of the unit `written`, in `unit`; none if it is another kind of thing."""
    own = UNITS.get(written, written)
    if own == "%" and unit in {"1", "1/yr"}:
        return value / 100
    if unit in SECONDS and own in SECONDS:
        return value * SECONDS[own] / SECONDS[unit]
    if own == unit:
        return value
    for meant_unit in (unit, unit.removesuffix("/yr")):
        try:
            return value * factor(own, meant_unit)
        except ConfigError:
            continue
    return None


def shown(value: float) -> str:
    """Return `value` as YAML reads it as a number."""
    return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.1e}"
