"""What a study may say about screening: criteria, layers it brings, how sites are spread."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, FiniteFloat, NonNegativeFloat, PositiveFloat, model_validator

from siting.config_transport import Settings

Measure = Literal[
    "distance", "share", "mean", "lowest", "highest", "sum", "municipality", "prefecture"
]
Value = str | int | float
Filter = dict[str, Value | list[Value]]
"""Column to the value, or values, that a feature must have in it."""


class Threshold(Settings):
    """Values that exclude a cell."""

    exclude_below: FiniteFloat | None = None
    """A cell with a smaller value is no candidate [unit of the criterion]."""
    exclude_above: FiniteFloat | None = None
    """A cell with a larger value is no candidate [unit of the criterion]."""


class Criterion(Threshold):
    """A criterion of screening.csv with what differs, or one of the study's own."""

    title_ja: str | None = None
    """Title in Japanese."""
    title_en: str | None = None
    """Title in English."""
    layer: str | None = None
    """Name in the study's own catalogue of layers, or in the shipped one."""
    measure: Measure | None = None
    """What is taken of the layer: distance [km] to its nearest feature; share of the cell that
    its areas cover [-]; mean, lowest or highest value in the cell; sum within ``within_km``;
    the value of the municipality; 1 in the prefectures that ``where`` names, else 0."""
    column: str | None = None
    """Column of the layer that holds the value."""
    per: str | None = None
    """Column that the value is divided by."""
    where: Filter | None = None
    """Only features with these values."""
    within_km: PositiveFloat | None = None
    """Radius around the middle of the cell that is looked at instead of the cell [km]."""
    unit: str | None = None
    """Unit of the value, as shown."""
    worst: FiniteFloat | None = None
    """Value that scores 0; what is worse scores 0 too."""
    best: FiniteFloat | None = None
    """Value that scores 1; what is better scores 1 too."""
    weight: NonNegativeFloat | None = None
    """Weight of the score among the others [-]."""
    uncovered: Literal["refuse", "neutral", "exclude"] | None = None
    """What to do where the layer does not cover the land: refuse the study (the default), leave
    the criterion out of the score there, or exclude the cells."""
    in_prefectures: dict[str, Threshold] = Field(default={})
    """Japanese or English name of a prefecture to the thresholds of its own rules."""


class Spread(Settings):
    """How sites are proposed from the cells that pass."""

    per_region: int = Field(default=3, ge=1, le=50)
    """The most sites proposed in a region [sites]."""
    reach_km: float = Field(default=50.0, gt=0, le=500)
    """A site can serve a municipality no further away in a straight line [km]."""
    spacing_km: float = Field(default=20.0, gt=0, le=500)
    """Sites of a region are at least so far apart [km]."""


class Screening(Settings):
    """Which land is fit for hubs, and which cells are proposed."""

    layers: str | None = None
    """Folder with a catalog.yaml of layers the study brings, relative to the study."""
    prefectures: list[str] | None = None
    """Japanese or English names of the prefectures that are screened; all if none is given."""
    only: list[str] | None = None
    """Criteria that count; all of screening.csv and of the study if none is given."""
    criteria: dict[str, Criterion] = Field(default={})
    """Criterion of screening.csv to what differs, or a new one."""
    spread: Spread = Spread()
    """How sites are proposed."""

    @model_validator(mode="after")
    def only_is_not_empty(self) -> Self:
        """Refuse a screening without criteria."""
        if self.only is not None and not self.only:
            raise ValueError("only names no criterion; leave it out for all")
        return self
