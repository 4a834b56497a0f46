"""What a study may say about transport: methods, scheduled services, berths, own ports."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, PositiveFloat, model_validator

PortUse = Literal["bulk", "bulk_waste", "chassis", "container"]


class Settings(BaseModel):
    """A section of a study: nothing unknown, nothing changed later, text stays text."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )


def in_japan(lat: float, lon: float) -> None:
    """Refuse coordinates outside Japan, with a hint where the two are swapped."""
    if 20 <= lat <= 46 and 122 <= lon <= 154:
        return
    swapped = 20 <= lon <= 46 and 122 <= lat <= 154
    hint = " They look swapped: lat is 20 to 46, lon 122 to 154." if swapped else ""
    raise ValueError(f"lat {lat:g}, lon {lon:g} is not in Japan.{hint}")


class Service(Settings):
    """A scheduled ship or train line that the plan may run at a yearly cost, or not."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_-]+$")
    """Short name used in the tables."""
    start: str = Field(alias="from")
    """Port (id, Japanese or English name) or freight station (id or name) it leaves."""
    end: str = Field(alias="to")
    """Where it arrives; the way back is another service."""
    vehicle: str
    """Vessel or box of the ``carriers`` table, such as coastal_499GT or jr_31ft."""
    trips_per_yr: PositiveFloat
    """Departures [1/yr]."""
    boxes_per_trip: PositiveFloat = 1.0
    """Containers or chassis of space booked on every departure; 1 for a ship of one's own."""
    fare_share: PositiveFloat = 1.0
    """What the booked space costs relative to the fare of the figures [-]."""
    min_fill: float = Field(default=0.5, ge=0, le=1)
    """Least share of the space that must be used for the line to be kept up [-]."""


class OwnPort(Settings):
    """A port the layers do not have; its sea distances come from the land mask."""

    id: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_-]+$")
    """Short name used in the tables."""
    name_ja: str | None = None
    """Name on maps and in reports; the id if none is given."""
    name_en: str | None = None
    """English name; the Japanese one if none is given."""
    lat: float
    """Latitude [degree]."""
    lon: float
    """Longitude [degree]."""
    handles: list[PortUse] = ["bulk"]
    """What it takes: bulk, bulk_waste (permitted for waste), chassis, container."""

    @model_validator(mode="after")
    def lies_in_japan(self) -> Self:
        """Refuse coordinates outside Japan."""
        in_japan(self.lat, self.lon)
        return self


class Export(Settings):
    """A buyer overseas, reached by international container."""

    commodity: str
    """What it buys; some technology of the study makes it."""
    to: str
    """Port of the overseas_ports layer: its id, Japanese or English name."""
    price_jpy_per_t: FiniteFloat
    """Paid at that port [JPY/t]; the figures have no prices overseas."""
    demand_t_per_yr: PositiveFloat | None = None
    """Most it takes [t/yr]; no limit if none is given."""
    credit_kgco2e_per_t: FiniteFloat = 0.0
    """Emissions of the material displaced there [kgCO2e/t]; 0 leaves them out."""


class Transport(Settings):
    """How carrying is counted, and what there is beside the public network."""

    co2_method: Literal["conventional", "improved"] = "conventional"
    """Tonne-kilometre method of the fleet mean (従来), or the improved one by payload and load
    factor (改良); one of them for everything a study compares."""
    long_haul: Literal["overnight", "relay"] = "overnight"
    """After 9 h of driving the driver rests overnight, or hands over to another."""
    services: list[Service] = []
    """Scheduled lines the plan may run."""
    berths_t_per_yr: dict[str, PositiveFloat] = {}
    """Port (id or name) to the most it handles for the study's goods [t/yr]."""
    ports: list[OwnPort] = []
    """Ports the layers do not have."""
    exports: list[Export] = []
    """Buyers overseas."""
