"""What the limits of a study name, and the names that the study does not have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from siting.assemble.place import SHOWN_NAMES, name_fault, unknown_keys, unknown_names
from siting.errors import some
from siting.yaml_place import Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from siting.config import Fault
    from siting.config_model import Limits, Order
    from siting.yaml_place import Loc


@dataclass(frozen=True)
class Known:
    """The names that a limit may use.

    Attributes
    ----------
    periods : first years.
    home : id of a candidate, also of a merged one, to its site.
    prefectures : name or code to code.
    hubs : (site, technology, size).
    sites : index site; pref_code, electricity_area.
    sources : index source, commodity; pref_code of the source.
    """

    periods: list[int]
    technologies: list[str]
    commodities: list[str]
    home: dict[str, str]
    prefectures: dict[str, str]
    hubs: pd.MultiIndex
    sites: pd.DataFrame
    sources: pd.Series

    def codes(self, names: Iterable[str]) -> list[str]:
        """Return the codes of prefectures."""
        return [self.prefectures[name] for name in names]


def limit_faults(limits: Limits, known: Known) -> list[Fault]:
    """Return every name and period in `limits` that the study does not have."""
    return [
        *amount_faults(limits, known),
        *count_faults(limits, known),
        *order_faults(limits, known),
        *region_faults(limits, known),
    ]


def amount_faults(limits: Limits, known: Known) -> list[Fault]:
    """Return what is wrong with limits of amounts, and with pairs of technologies."""
    found = period_faults(("limits", "budget_jpy"), limits.budget_jpy, known)
    found += period_faults(("limits", "kgco2e"), limits.kgco2e, known)
    for name, years in limits.disposal_t.items():
        found += period_faults(("limits", "disposal_t", name), years, known)
    for key, names in (("site_share", limits.site_share), ("disposal_t", limits.disposal_t)):
        found += unknown_keys(("limits", key), names, known.commodities, "commodity")
    for number, pair in enumerate(limits.incompatible):
        loc = ("limits", "incompatible", number)
        found += unknown_names(loc, pair, known.technologies, "technology")
        if pair[0] == pair[1]:
            found.append((loc, f"'{pair[0]}' cannot be kept from itself. Name another."))
    return found


def period_faults(loc: Loc, years: Iterable[int], known: Known) -> list[Fault]:
    """Return a fault for each of `years` that starts no period."""
    periods = ", ".join(map(str, known.periods))
    return [
        ((*loc, Key(year)), f"{year} starts no period, expected one of {periods}.")
        for year in years
        if year not in known.periods
    ]


def count_faults(limits: Limits, known: Known) -> list[Fault]:
    """Return what is wrong with the counts of hubs."""
    found: list[Fault] = []
    named: set[str] = set()
    for number, count in enumerate(limits.hub_counts):
        loc = ("limits", "hub_counts", number)
        names = (*loc, "technologies")
        found += unknown_names(names, count.technologies, known.technologies, "technology")
        found += unknown_names((*loc, "sites"), count.sites or [], known.home, "site")
        where = (*loc, "prefectures")
        found += unknown_names(where, count.prefectures or [], known.prefectures, "prefecture")
        if count.name in named:
            found.append(((*loc, "name"), f"count '{count.name}' stands twice. Rename one."))
        named.add(count.name)
    return found


def order_faults(limits: Limits, known: Known) -> list[Fault]:
    """Return what is wrong with the orders."""
    found: list[Fault] = []
    given: set[tuple[str, str, str, int]] = set()
    for number, order in enumerate(limits.orders):
        loc = ("limits", "orders", number)
        if order.site not in known.home:
            found.append(((*loc, "site"), name_fault(order.site, [*known.home], "site")))
        elif hub_of(order, known) not in known.hubs:
            found.append((loc, f"{order.site} has no hub {order.technology}, {order.size}, but "
                          f"{hubs_at(order, known)}. Correct the order."))  # fmt: skip
        if order.start > known.periods[-1]:
            found.append(((*loc, "from"), f"no period starts in or after {order.start}."))
        key = (order.site, order.technology, order.size, order.start)
        if key in given:
            found.append((loc, f"the hub has another order from {order.start}. Make them one."))
        given.add(key)
    return found


def hub_of(order: Order, known: Known) -> tuple[str, str, str]:
    """Return the hub that `order` is about; its site may have been merged into another."""
    return known.home[order.site], order.technology, order.size


def hubs_at(order: Order, known: Known) -> str:
    """Return what the site of `order` has instead: sizes of its technology, or technologies."""
    here = known.hubs[known.hubs.get_level_values("site") == known.home[order.site]]
    sizes = here[here.get_level_values("technology") == order.technology].unique("size")
    return some(sizes if len(sizes) else here.unique("technology"), SHOWN_NAMES)


def region_faults(limits: Limits, known: Known) -> list[Fault]:
    """Return what is wrong with the targets of regions."""
    found: list[Fault] = []
    areas = set(known.sites["electricity_area"])
    prefectures: dict[str, set[str]] = {}
    for number, target in enumerate(limits.regional_targets):
        loc = ("limits", "regional_targets", number)
        where = (*loc, "prefectures")
        unknown = unknown_names(where, target.prefectures, known.prefectures, "prefecture")
        found += [*unknown, *period_faults((*loc, "share"), target.share, known)]
        if target.name in areas:
            text = f"'{target.name}' is the name of an electricity area. Choose another."
            found.append(((*loc, "name"), text))
        if unknown:
            continue
        codes = set(known.codes(target.prefectures))
        if prefectures.setdefault(target.name, codes) != codes:
            text = f"region '{target.name}' has other prefectures above. Rename one."
            found.append(((*loc, "name"), text))
        if not len(sources_in(known, target.commodity, codes)):
            text = f"no '{target.commodity}' of the study arises there. Correct one of them."
            found.append(((*loc, "commodity"), text))
    return found


def sources_in(known: Known, commodity: str, codes: Iterable[str]) -> pd.Index:
    """Return the sources of `commodity` in prefectures."""
    here = known.sources.isin(list(codes)) & (
        known.sources.index.get_level_values("commodity") == commodity
    )
    return known.sources.index[here].get_level_values("source")
