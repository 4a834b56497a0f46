"""Which official data can be fetched, from where, and what their attributes mean."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from siting.errors import LayerError, some

TABLE = Path(__file__).with_name("official.yaml")

Reader = Literal["ksj", "mesh", "estat", "osm"]


class Frozen(BaseModel):
    """A part of the table, which is read once and never changed."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )


class Address(Frozen):
    """Where a file is fetched."""

    url: str
    """Address; names in braces are filled in."""
    may_lack: bool = False
    """Whether there is no such file for some areas."""

    @property
    def holes(self) -> set[str]:
        """Return the names in braces."""
        return set(re.findall(r"\{(\w+)\}", self.url))


class Column(Frozen):
    """A column of the layer, and where the original has it."""

    name: str
    """Name in the layer."""
    origin: tuple[str, ...] = Field(alias="from")
    """Attributes of the original that may hold it; the first there is does."""
    means: Literal["text", "number", "depth", "code"] = "text"
    """How a value is read: depth is the text of a class, code a JIS code."""
    codes: dict[str, str | float] = Field(default={})
    """Code in the original to the value in the layer."""
    optional: bool = False
    """Whether an original may lack it."""
    may_be_empty: bool = False
    """Whether a feature may lack it; it may too if the original may."""


class Dataset(Frozen):
    """One official data set, and the layer it becomes."""

    name: str
    """Name of the layer."""
    title_ja: str
    title_en: str
    reader: Reader
    """Which reader its files need."""
    code: str
    """Pattern of what its file names begin with; empty if they have no name of their own."""
    vintage: str
    """Year or years the data speak of."""
    files: tuple[Address, ...]
    """Where its files lie."""
    page: str
    """Page where a person downloads them."""
    licence: str
    """Terms of use."""
    source: str
    """Credit that the publisher asks for."""
    crs: str | None = None
    """CRS of originals that do not say theirs."""
    encoding: str = "cp932"
    """Encoding of shapefiles that do not say theirs."""
    member: str = ""
    """Pattern of the files of an archive that are read; all if empty."""
    feature: str = ""
    """Element of the GML that is a feature; any with a place if empty."""
    only: tuple[dict[str, tuple[str, ...]], ...] = ()
    """Features that are kept: those that fit all attributes of one of these; all if empty."""
    columns: tuple[Column, ...] = ()
    """Columns of the layer."""
    versions: dict[str, tuple[str, ...]] = Field(default={})
    """Code of a prefecture to its editions, if they differ."""
    tags: dict[str, tuple[str, ...]] = Field(default={})
    """Key of OpenStreetMap to the values that are kept."""
    shapes: tuple[str, ...] = ()
    """Kinds of shapes taken of OpenStreetMap: points, lines, multipolygons."""
    instead: str | None = None
    """Shipped layer that serves until this one is brought."""

    @property
    def holes(self) -> set[str]:
        """Return what its addresses ask for."""
        return set().union(*(file.holes for file in self.files))


class Official(Frozen):
    """All official data sets.

    Attributes
    ----------
    areas : what an address asks for, such as region, to its areas and the prefectures in each.
    """

    areas: dict[str, dict[str, tuple[str, ...]]]
    datasets: tuple[Dataset, ...]


@cache
def read_official(path: Path = TABLE) -> Official:
    """Return the table of official data."""
    return Official.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def find_dataset(name: str) -> Dataset:
    """Return the data set called `name`, or raise `LayerError` with the names there are."""
    for dataset in read_official().datasets:
        if dataset.name == name:
            return dataset
    known = some((one.name for one in read_official().datasets), limit=99)
    raise LayerError(f"no official layer '{name}', expected one of {known}. Correct the name.")


def dataset_of(path: Path, name: str | None) -> Dataset | None:
    """Return the data set that a layer called `name` is of, else the one its file is called after.

    None if it is of no official data.
    """
    datasets = read_official().datasets
    by_name = (one for one in datasets if one.name == name)
    by_file = (one for one in datasets if one.code and begins(path.name, one.code))
    return next(by_name, None) or next(by_file, None)


def begins(name: str, code: str) -> bool:
    """Return whether a file called `name` is of the data that `code` stands for."""
    return re.match(rf"{code}(?![A-Za-z0-9])|{code}H", name) is not None
