"""What a study may say about its model: technologies, limits, where sources are, scenarios."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, FiniteFloat, NonNegativeFloat, PositiveFloat, model_validator

from siting.config_transport import Settings

Size = Literal["small", "medium", "large"]
Share = Annotated[float, Field(ge=0, le=1)]


class Technology(Settings):
    """A process that may run at candidate sites; what is not said stands in technologies.csv."""

    input: str | None = None
    """Commodity it takes."""
    steps: dict[str, PositiveFloat] | None = Field(default=None, min_length=1)
    """Facility of the ``facility`` table to tonnes entering it per tonne of input [t/t]."""
    recipe: str | None = None
    """Process of the ``material_flow`` table that gives its yields."""
    outputs: dict[str, str] | None = None
    """Output of the recipe to the commodity it counts as, where the names differ."""
    sizes: list[Size] | None = None
    """Capacity levels on offer."""
    max_lines: int | None = Field(default=None, ge=1, le=100)
    """Parallel lines of one size that a site has room for [lines]."""
    earliest_key: str | None = None
    """Figure of the permit lead time [month]; from the first period if it is empty."""
    min_utilisation: float | None = Field(default=None, ge=0, le=1)
    """Least share of the capacity that a running line must use [-]; 0 if none is given."""
    sites: list[str] | None = None
    """Sites where it may run, by id; everywhere if none is given."""


class Scope(Settings):
    """Where the sources of a study are."""

    prefectures: list[str] = Field(min_length=1)
    """Japanese or English names of prefectures."""


class HubCount(Settings):
    """The most sites that may have some technologies at a time."""

    name: str
    """Short name used in the tables."""
    technologies: list[str] = Field(min_length=1)
    """Technologies counted."""
    sites: list[str] | None = None
    """Sites counted, by id; all if none is given."""
    prefectures: list[str] | None = None
    """Only sites in these prefectures."""
    at_most: int = Field(ge=0)
    """The most sites with them [sites]."""


class Order(Settings):
    """Lines that a site must or may not have from some period on."""

    site: str
    """Id of the site."""
    technology: str
    """Technology of the study."""
    size: str
    """Size: small, medium, large or existing."""
    start: int = Field(alias="from")
    """First year of the first period it holds in [year]."""
    min_lines: int = Field(default=0, ge=0)
    """Fewest lines [lines]."""
    max_lines: int | None = Field(default=None, ge=0)
    """Most lines [lines]; 0 forbids it."""


class RegionalTarget(Settings):
    """A collection target of some prefectures together."""

    name: str
    """Short name used in the tables."""
    prefectures: list[str] = Field(min_length=1)
    """Japanese or English names."""
    commodity: str
    """What is to be collected."""
    share: dict[int, Share]
    """First year of a period to the share to be collected [-]."""


class Limits(Settings):
    """What a plan of the study must keep within."""

    budget_jpy: dict[int, NonNegativeFloat] = Field(default={})
    """First year of a period to the most that may be spent on opening in it [JPY]."""
    kgco2e: dict[int, FiniteFloat] = Field(default={})
    """First year of a period to the most emitted by the year [kgCO2e/yr]."""
    hub_counts: list[HubCount] = Field(default=[])
    """Most sites with some technologies."""
    site_share: dict[str, Share] = Field(default={})
    """Commodity to the largest share of what is collected of it that one site may take [-]."""
    disposal_t: dict[str, dict[int, NonNegativeFloat]] = Field(default={})
    """Commodity to period to the most that may be disposed of [t/yr]."""
    incompatible: list[tuple[str, str]] = Field(default=[])
    """Pairs of technologies that may not share a site."""
    orders: list[Order] = Field(default=[])
    """Sites that must or may not have lines."""
    regional_targets: list[RegionalTarget] = Field(default=[])
    """Collection targets of regions."""


class Scenario(Settings):
    """One future of a study: what differs from the study as it stands."""

    title_ja: str
    """Words for it in Japanese."""
    title_en: str
    """Words for it in English."""
    growth: dict[str, str] = Field(default={})
    """Commodity to another scenario of the growth layer."""
    overrides: dict[str, FiniteFloat] = Field(default={})
    """Key of a figure to its value in this future."""
    levers: list[str] = Field(default=[])
    """Policy levers that are pulled, by id of the ``policy_levers`` table."""
    targets: bool | None = None
    """Whether the collection targets hold; as in the study if not said."""
    imports: list[str] | None = None
    """Commodities that are imported; as in the study if not said."""
    carbon_price: str | None = None
    """Carbon price path; as in the study if not said."""

    @model_validator(mode="after")
    def changes_something(self) -> Self:
        """Refuse a scenario that is the study itself."""
        said = self.growth or self.overrides or self.levers
        if not said and self.targets is None and self.imports is None and not self.carbon_price:
            raise ValueError("a scenario must change something")
        return self
