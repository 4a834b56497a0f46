"""International containers between places in Japan and ports overseas."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from siting.freight.leg import Ways
from siting.freight.load import OCEAN
from siting.freight.offer import Linked
from siting.freight.ship import box_chain
from siting.network.road import Routes

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from siting.freight.leg import Array, Terms
    from siting.freight.load import Form


ROUTE_COLUMNS = [field.name for field in fields(Routes)]


@dataclass(frozen=True)
class Overseas:
    """Ports overseas, and how far they are from those of Japan.

    Attributes
    ----------
    places : index overseas_id
    distance_km : (ports of Japan, ports overseas); infinite where no international line calls
    """

    places: pd.DataFrame
    distance_km: Array


def ocean_offer(
    terms: Terms, forms: list[Form], ports: pd.Index, to: Ways, overseas: Overseas
) -> dict[str, Linked]:
    """Return the offer by container from places in Japan to the ports `overseas`, if any.

    Parameters
    ----------
    to : truck ways (places, ports)

    Returns
    -------
    ``{"ship": offer}``, empty where no form travels in an ocean container. The terminals of the
    offer are the ports of Japan, then those overseas; ``homeward`` turns it into one of imports.
    """
    home, abroad = overseas.distance_km.shape
    count = home + abroad
    distance_km = np.full((count, count), np.inf)
    distance_km[:home, home:] = overseas.distance_km
    serves = np.isfinite(distance_km)
    use = (np.ones(count, dtype=bool), serves)
    chains = [box_chain(terms, form, box, use) for form in forms for box in form.of_kind(OCEAN)]
    if not chains:
        return {}
    here = beyond_reach(to, abroad)
    there = Ways(
        nowhere((count, abroad)), np.ones((1, 1)), np.eye(count, abroad, k=-home, dtype=bool)
    )
    return {"ship": Linked(chains, ports.append(overseas.places.index), here, distance_km, there)}


def homeward(offer: Linked) -> Linked:
    """Return an offer of exports the other way: from overseas to places in Japan."""
    chains = [replace(chain, may_link=chain.may_link.T) for chain in offer.chains]
    return Linked(
        chains, offer.terminals, offer.away.turned(), offer.distance_km.T, offer.to.turned()
    )


def beyond_reach(ways: Ways, more: int) -> Ways:
    """Return `ways` with columns added for terminals that no truck reaches."""
    rows, columns = ways.routes.road_km.shape
    far = nowhere((rows, more))
    pairs = [(getattr(ways.routes, n), getattr(far, n)) for n in ROUTE_COLUMNS]
    index = np.broadcast_to(ways.tariff_index, (rows, columns))
    beside = np.broadcast_to(ways.beside, (rows, columns))
    return Ways(
        Routes(*(np.hstack(pair) for pair in pairs)),
        np.hstack([index, np.ones((rows, more))]),
        np.hstack([beside, np.zeros((rows, more), dtype=bool)]),
    )


def nowhere(shape: tuple[int, int]) -> Routes:
    """Return routes that no truck can drive."""
    far, none = np.full(shape, np.inf), np.zeros(shape)
    return Routes(far, none, none, far)


def reached(table: pd.Series, ports: pd.Index, overseas: pd.Index) -> npt.NDArray[np.float64]:
    """Return the distances of `table` (port, overseas) as an array; infinite where it has none."""
    wide = table.unstack().reindex(index=ports, columns=overseas)
    return np.asarray(wide.fillna(np.inf), dtype=float)
