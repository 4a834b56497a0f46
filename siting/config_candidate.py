"""What a study may say about candidate sites."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, PositiveFloat, field_validator, model_validator

from siting.config_model import Size  # noqa: TC001 - pydantic reads it
from siting.config_screening import Filter  # noqa: TC001 - pydantic reads it
from siting.config_transport import Settings, in_japan

PLACINGS = ("municipality", "port", "eco_town", "case_study_site")
"""Ways to place a site by the name of something that has a place."""


class Must(Settings):
    """A line that a site must have."""

    technology: str
    """Technology of the study."""
    size: str
    """Size: small, medium, large or existing."""
    start: int | None = Field(default=None, alias="from")
    """First year of the first period it must run in; from the start if none is given [year]."""
    lines: int = Field(default=1, ge=1)
    """Fewest lines [lines]."""


class SiteTerms(Settings):
    """What holds at one site and not at others."""

    technologies: list[str] | None = None
    """Technologies that may run here; all of the study if none is given."""
    sizes: list[Size] | None = None
    """Sizes that may be built here; all on offer if none is given."""
    plot_m2: PositiveFloat | None = None
    """Land free for hubs [m^2]; that of choices.csv if none is given."""
    existing_t_per_yr: dict[str, PositiveFloat] = Field(default={})
    """Technology to the capacity that stands here [t/yr]."""
    opening_factor: PositiveFloat = 1.0
    """What opening costs here, of the site and of its hubs, relative to elsewhere [-]."""
    never: bool = False
    """Whether nothing is opened here: the site is shown and has no hub, what stands aside."""
    must_open: list[Must] = Field(default=[])
    """Lines that must run here."""

    @model_validator(mode="after")
    def either_must_or_never(self) -> Self:
        """Refuse a site that must and may not open."""
        if self.never and self.must_open:
            raise ValueError("a site with never has no must_open; leave one of them out")
        return self


class CandidateSite(SiteTerms):
    """A site the planner adds, at coordinates or at something that has a place: one of them."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_-]+$")
    """Short name used in the tables."""
    name_ja: str | None = None
    """Name on maps and in reports; the id if none is given."""
    name_en: str | None = None
    """English name."""
    lat: float | None = None
    """Latitude [degree]."""
    lon: float | None = None
    """Longitude [degree]."""
    municipality: str | None = None
    """Five-digit JIS code in quotes, such as "01106", or the Japanese or English name; the site
    lies at the municipal hall."""
    port: str | None = None
    """Name of a port, Japanese or English, or its id."""
    eco_town: str | None = None
    """Name of an eco-town, Japanese or English, or its id."""
    case_study_site: str | None = None
    """Name of a site of the case studies, Japanese or English, or its id."""

    @model_validator(mode="after")
    def placed_once(self) -> Self:
        """Refuse a site without a place, with two, or outside Japan."""
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon go together")
        ways = [self.lat is not None, *(getattr(self, name) is not None for name in PLACINGS)]
        if sum(ways) != 1:
            raise ValueError(f"a site is placed by lat and lon, or {', or '.join(PLACINGS)}: one")
        if self.lat is not None and self.lon is not None:
            in_japan(self.lat, self.lon)
        return self


class Source(Settings):
    """Where candidates come from: a layer, all of it or filtered, or a file the planner drew."""

    layer: (
        Literal[
            "eco_towns",
            "recycling_ports",
            "case_study_sites",
            "ports",
            "sinks",
            "municipalities",
            "screening",
        ]
        | None
    ) = None
    """Layer whose points are candidates; ``screening`` are the cells that screening proposes."""
    file: str | None = None
    """GeoPackage, GeoJSON or CSV with lat and lon, relative to the study. Columns named as the
    settings of a site are read as such; an area counts by a point in it."""
    where: Filter | None = None
    """Only features with these values."""

    @model_validator(mode="after")
    def either_layer_or_file(self) -> Self:
        """Refuse a source that is both or neither."""
        if (self.layer is None) == (self.file is None):
            raise ValueError("candidates come from a layer or from a file: one")
        return self


class Candidates(Settings):
    """Where hubs may be built."""

    sources: list[Source] = Field(alias="from")
    """Layers, and files, whose features are candidates: a name, or a layer or file with where."""
    only: list[str] | None = None
    """Prefectures, or ids of sites, to which candidates are restricted; all if none is given."""
    sites: list[CandidateSite] = Field(default=[])
    """Sites the planner adds."""
    terms: dict[str, SiteTerms] = Field(default={})
    """Id of a candidate of a layer to what holds there."""
    merge_within_km: float = Field(default=1.0, ge=0, le=50)
    """Points nearer than this to an earlier one are the same site [km]."""
    sea_tolerance_km: float = Field(default=3.0, ge=0, le=50)
    """A candidate further than this from land is refused [km]."""

    @field_validator("sources", mode="before", json_schema_input_type=list[str | Source])
    @classmethod
    def named(cls, value: object) -> object:
        """Return a bare name as the layer of that name."""
        if not isinstance(value, list):
            return value
        return [{"layer": item} if isinstance(item, str) else item for item in value]
