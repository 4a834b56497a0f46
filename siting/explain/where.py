"""Where a limit is stated: file, line and key of the study, its tables or the figures it reads."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from siting.config import InlineStudy
from siting.file_place import lines_of_rows
from siting.yaml_place import dotted

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from models.slack import Row
    from siting.config import Config, Study
    from siting.yaml_place import Loc


class Spot(NamedTuple):
    """Where something is said.

    Attributes
    ----------
    line : from 1; 0 where the study does not say it and has the default.
    key : of the YAML, or the row of the table and its column.
    """

    path: str
    line: int
    key: str


NOWHERE = Spot("", 0, "")


@dataclass(frozen=True)
class FolderPlaces:
    """The tables of an instance folder."""

    folder: Path

    def spot(self, table: str, column: str, row: Row, levels: list[str]) -> Spot:
        """Return the cell of `column` in the `row` of a table."""
        return csv_spot(self.folder / f"{table}.csv", dict(zip(levels, row, strict=False)), column)


@dataclass(frozen=True)
class InlineColumns:
    """The tables that a study carries."""

    config: Config

    def spot(self, table: str, column: str, row: Row, levels: list[str]) -> Spot:
        """Return the value of `column` in the `row` of a table."""
        study = self.config.study
        assert isinstance(study, InlineStudy)
        wanted = {level: str(value) for level, value in zip(levels, row, strict=False)}
        for number, said in enumerate(study.instance.get(table, [])):
            if all(str(said.get(level)) == value for level, value in wanted.items()):
                loc: Loc = ("instance", table, number, *([column] if column else []))
                return yaml_spot(self.config, loc)
        return yaml_spot(self.config, ("instance", table))


@dataclass(frozen=True)
class StudyPlaces:
    """The settings of a study on layers, and the tables of figures it reads.

    Attributes
    ----------
    params : folder of the figures.
    places : index node; name_ja, name_en, detail, points.
    """

    config: Config
    study: Study
    params: Path
    places: pd.DataFrame

    def spot(self, table: str, column: str, row: Row, levels: list[str]) -> Spot:
        """Return where the study or a table of figures says it."""
        names = dict(zip(levels, row, strict=False))
        finder = getattr(self, f"of_{table}", None)
        found: Spot = finder(names, column) if finder else NOWHERE
        return found

    def at(self, *loc: str | int) -> Spot:
        """Return the place of a key of the study."""
        return yaml_spot(self.config, loc)

    def figure(self, table: str, row: dict[str, Any], column: str) -> Spot:
        """Return the place of a cell of a table of figures."""
        return csv_spot(self.params / f"{table}.csv", row, column)

    def of_budgets(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of a budget."""
        return self.at("limits", "budget_jpy", str(names["period"]))

    def of_limits(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of a cap on emissions."""
        return self.at("limits", "kgco2e", str(names["period"]))

    def of_hub_counts(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of a count."""
        counts = [count.name for count in self.study.limits.hub_counts]
        return self.at("limits", "hub_counts", counts.index(names["count"]), "at_most")

    def of_site_shares(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of a largest share."""
        return self.at("limits", "site_share", names["commodity"])

    def of_disposal_limits(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of a limit on disposal."""
        return self.at("limits", "disposal_t", names["commodity"], str(names["period"]))

    def of_incompatible(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of two technologies apart."""
        pairs = list(self.study.limits.incompatible)
        return self.at("limits", "incompatible", pairs.index((names["technology"], names["other"])))

    def of_regional_targets(self, names: dict[str, Any], column: str) -> Spot:
        """Return the key of a target of a region."""
        for number, target in enumerate(self.study.limits.regional_targets):
            if (target.name, target.commodity) == (names["region"], names["commodity"]):
                period = str(names["period"])
                return self.at("limits", "regional_targets", number, "share", period)
        return self.at("limits", "regional_targets")

    def of_targets(self, names: dict[str, Any], column: str) -> Spot:
        """Return the cell of a target."""
        wanted = {key: names[key] for key in ("commodity", "period")}
        return self.figure("targets", wanted, column)

    def of_hubs(self, names: dict[str, Any], column: str) -> Spot:
        """Return the setting of a technology, the cell it comes from, or that of a plant."""
        technology = names["technology"]
        if column == "may_close":
            wanted = {"site": names["site"], "technology": technology}
            return self.figure("existing", wanted, column)
        key = "earliest_key" if column == "earliest_period" else column
        if self.config.says(("technologies", technology, key)) or key == "min_utilisation":
            return self.at("technologies", technology, key)
        return self.figure("technologies", {"technology": technology}, key)

    def of_sites(self, names: dict[str, Any], column: str) -> Spot:
        """Return the plot of a candidate, or the figure for sites of its kind."""
        site = names["site"]
        for number, own in enumerate(self.study.candidates.sites):
            if own.id == site:
                return self.at("candidates", "sites", number, "plot_m2")
        if self.config.says(("candidates", "terms", site, "plot_m2")):
            return self.at("candidates", "terms", site, "plot_m2")
        detail = self.places.loc[site, "detail"] if site in self.places.index else "study"
        return self.at("overrides", f"choices/site/plot/{detail}")

    def of_orders(self, names: dict[str, Any], column: str) -> Spot:
        """Return the order, or what a site must open by its own terms."""
        points = self.points(names["site"])
        hub = (names["technology"], names["size"])
        orders = self.study.limits.orders
        given = [
            number
            for number, order in enumerate(orders)
            if order.site in points
            and (order.technology, order.size) == hub
            and order.start <= int(names["period"])
        ]
        if given:
            last = max(given, key=lambda number: orders[number].start)
            return self.at("limits", "orders", last, column)
        for number, own in enumerate(self.study.candidates.sites):
            for place, must in enumerate(own.must_open):
                if own.id in points and (must.technology, must.size) == hub:
                    return self.at("candidates", "sites", number, "must_open", place)
        return self.at("candidates", "terms", names["site"])

    def points(self, site: str) -> set[str]:
        """Return the ids of the candidates that `site` stands for."""
        if site not in self.places.index:
            return {site}
        return {site, *str(self.places.loc[site, "points"]).split(";")}

    def of_berths(self, names: dict[str, Any], column: str) -> Spot:
        """Return the limit of a port, by whatever name the study calls it."""
        port = names["port"]
        called = {port}
        if port in self.places.index:
            called |= {self.places.loc[port, name] for name in ("name_ja", "name_en")}
        own = [name for name in self.study.transport.berths_t_per_yr if name in called]
        return self.at("transport", "berths_t_per_yr", *own[:1])

    def of_services(self, names: dict[str, Any], column: str) -> Spot:
        """Return the settings of a scheduled service."""
        own = [service.id for service in self.study.transport.services]
        name = str(names["service"]).partition(":")[2]
        return self.at("transport", "services", *([own.index(name)] if name in own else []))

    def of_sinks(self, names: dict[str, Any], column: str) -> Spot:
        """Return the row of the market that the sink is of."""
        return self.figure("markets", {"commodity": names["commodity"]}, "demand_share_key")


def yaml_spot(config: Config, loc: Loc) -> Spot:
    """Return the place of the key at `loc`, or that it is not said."""
    if not config.says(loc):
        return Spot(str(config.path), 0, dotted(loc))
    return Spot(str(config.path), config.located(loc, "").line, dotted(loc))


def csv_spot(path: Path, wanted: dict[str, Any], column: str) -> Spot:
    """Return the line of the first row of a CSV file that has the values `wanted`."""
    key = " ".join([*(str(value) for value in wanted.values()), column]).strip()
    if not path.exists():
        return Spot(str(path), 0, key)
    texts = {name: str(value) for name, value in wanted.items()}
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if all(row.get(name) == text for name, text in texts.items()):
                return Spot(str(path), lines_of_rows(path)[number], key)
    return Spot(str(path), 0, key)


Places = FolderPlaces | InlineColumns | StudyPlaces
