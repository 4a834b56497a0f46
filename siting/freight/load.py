"""The form a commodity travels in, and how much of it a vehicle takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

    from siting.freight.leg import Terms

ROAD, TRAIN = "road", "train"
BULK, CHASSIS, CONTAINER, OCEAN = "bulk", "chassis", "container", "ocean"
KINDS = {ROAD: "truck", TRAIN: "rail"} | dict.fromkeys((BULK, CHASSIS, CONTAINER, OCEAN), "ship")
"""Kind of a carrier to its mode."""


@dataclass(frozen=True)
class Carrier:
    """A vehicle, vessel or box of the ``carriers`` table.

    Attributes
    ----------
    name : as in the figures, for instance ``coastal_499GT``
    mode, kind : truck, rail or ship; which formula prices it
    key : prefix of its figures
    class_key : prefix of the truck class whose tolls and fees it pays, or whose truck brings it
        to the terminal
    """

    name: str
    mode: str
    kind: str
    key: str
    class_key: str


@dataclass(frozen=True)
class Form:
    """How a commodity is made up for the way.

    Attributes
    ----------
    name : loose, bale, pallet, ...
    density_t_per_m3 : decides with the payload how much a vehicle takes
    preparation_jpy_per_t : baling or packing where the way begins
    terminal_preparation_jpy_per_t : the same at a terminal's transfer station; None if not done
    multiplier : of every price, for dangerous or bulky goods [-]
    empty_return : empty km of a truck per laden km [-]
    stevedoring_jpy_per_t : on and off a ship's hold, per port
    is_waste : needs a port that is permitted to handle waste in bulk
    carriers : what it may travel in
    """

    commodity: str
    name: str
    density_t_per_m3: float
    preparation_jpy_per_t: float
    terminal_preparation_jpy_per_t: float | None
    multiplier: float
    empty_return: float
    stevedoring_jpy_per_t: float
    is_waste: bool
    carriers: tuple[Carrier, ...]

    def of_kind(self, *kinds: str) -> list[Carrier]:
        """Return the carriers of those kinds."""
        return [carrier for carrier in self.carriers if carrier.kind in kinds]


def load_t(terms: Terms, form: Form, carrier: Carrier) -> float:
    """Return what `carrier` takes of `form` [t]: its payload, or what fits into its volume."""
    weight_t = terms.amount(f"{carrier.key}/{payload_of(carrier)}", "t")
    volume_m3 = terms.amount(f"{carrier.key}/payload_m3", "m^3")
    return min(weight_t, volume_m3 * form.density_t_per_m3)


def payload_of(carrier: Carrier) -> str:
    """Return the figure of its payload: a ship's cost is given per tonne of a nominal cargo."""
    return "nominal_cargo" if carrier.kind == BULK else "payload_t"


def read_carriers(table: pd.DataFrame) -> dict[str, Carrier]:
    """Return the rows of the ``carriers`` table by name.

    Raises
    ------
    ConfigError
        If a row names an unknown kind, or a mode other than that of its kind.
    """
    found = {}
    for row in table.to_dict("records"):
        if KINDS.get(row["kind"]) != row["mode"]:
            raise ConfigError(
                f"carriers.csv: '{row['vehicle']}' is of kind '{row['kind']}' and mode "
                f"'{row['mode']}', expected one of {sorted(KINDS.items())}. Correct the row."
            )
        found[row["vehicle"]] = Carrier(
            row["vehicle"], row["mode"], row["kind"], row["key"], row["class_key"]
        )
    return found


def forms_of(
    terms: Terms, loading: pd.DataFrame, carriers: dict[str, Carrier], commodity: str
) -> list[Form]:
    """Return the forms of `commodity`, in the order of the ``loading`` table.

    Raises
    ------
    ConfigError
        If there is none, or a form names an unknown carrier, has no truck, or puts goods into a
        bulk hold that the figures forbid there.
    """
    rows = loading[loading["commodity"] == commodity].to_dict("records")
    if not rows:
        raise ConfigError(f"loading.csv: no row for '{commodity}'. Add its form and vehicles.")
    return [form_of(terms, row, carriers) for row in rows]


def form_of(terms: Terms, row: dict[str, str], carriers: dict[str, Carrier]) -> Form:
    """Return one row of the ``loading`` table as a form."""
    names = row["vehicles"].split(";")
    if unknown := [name for name in names if name not in carriers]:
        raise ConfigError(
            f"loading.csv: '{row['commodity']}' travels in {unknown}, expected vehicles of "
            "carriers.csv. Add them there or correct the row."
        )
    if not any(carriers[name].kind == ROAD for name in names):
        raise ConfigError(
            f"loading.csv: form '{row['form']}' of '{row['commodity']}' has no truck, but a way "
            "starts on the road. Add one to its vehicles."
        )
    refuse_forbidden_bulk(terms, row["commodity"], [carriers[name] for name in names])

    def amount(column: str, unit: str, default: float) -> float:
        return terms.amount(row[column], unit) if row[column] else default

    at_terminal = row["terminal_preparation_key"]
    return Form(
        commodity=row["commodity"],
        name=row["form"],
        density_t_per_m3=amount("density_key", "t/m^3", 1.0),
        preparation_jpy_per_t=amount("preparation_key", "JPY/t", 0.0),
        terminal_preparation_jpy_per_t=terms.amount(at_terminal, "JPY/t") if at_terminal else None,
        multiplier=amount("multiplier_key", "1", 1.0),
        empty_return=amount("empty_return_key", "1", 0.0),
        stevedoring_jpy_per_t=amount("stevedoring_key", "JPY/t", 0.0),
        is_waste=row["is_waste"] == "yes",
        carriers=tuple(carriers[name] for name in names),
    )


def refuse_forbidden_bulk(terms: Terms, commodity: str, carriers: list[Carrier]) -> None:
    """Refuse goods in a bulk hold where a figure ``<commodity>_allowed`` of the ships is 0."""
    key = f"transport/ship_bulk/{commodity}/{commodity}_allowed"
    if key not in terms.figures or terms.amount(key, "1") > 0:
        return
    if bulk := [carrier.name for carrier in carriers if carrier.kind == BULK]:
        raise ConfigError(
            f"loading.csv: '{commodity}' travels in {bulk}, but must not go in bulk "
            f"({key} is 0). Use a chassis or a container."
        )
