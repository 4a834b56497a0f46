r"""Emissions and energy of carrying: two methods of the same law, never mixed in one study.

* ``conventional`` (従来トンキロ法): t·km times the fleet mean of the mode, empty runs included:
  truck 216, rail 20, ship 43 gCO2e/tkm (FY2021). The energy of the truck is that of the diesel
  which emits as much.
* ``improved`` (改良トンキロ法): a laden truck burns
  :math:`\ln y = 2.71 - 0.812 \ln(x/100) - 0.654 \ln z` L/tkm with the load factor x [%] and the
  payload z [kg]; its empty run burns what the fuel economy of its class says (燃費法). Rail 22 and
  ship 39 gCO2e/tkm, the defaults of the guideline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from siting.freight.leg import Array, Terms
    from siting.freight.load import Carrier

CONVENTIONAL, IMPROVED = "conventional", "improved"

INTERCEPT, LOAD_EXPONENT, PAYLOAD_EXPONENT = 2.71, 0.812, 0.654
"""Coefficients of the improved method for diesel trucks (notice to the Energy Conservation Act)."""

LEAST_LOAD_SHARE = 0.1
"""The formula counts a load below a tenth of the payload as a tenth [-]."""

FLEET = "fleet_average/co2_tkm_fy2021"
GUIDELINE = "method_default/co2_tkm_guideline"
PER_TKM, MJ_PER_TKM = "kgCO2e/(t*km)", "MJ/(t*km)"


def diesel_kgco2e_per_l(terms: Terms) -> float:
    """Return what a litre of diesel emits [kgCO2e/L]."""
    return terms.amount("transport/fuel/diesel/co2_factor", "kgCO2e/L")


def diesel_mj_per_l(terms: Terms) -> float:
    """Return the energy of a litre of diesel [MJ/L]."""
    return terms.amount("transport/fuel/diesel/energy", "MJ/L")


def truck_l_per_tkm(payload_t: float, load_t: float) -> float:
    """Return the diesel a laden truck burns [L/tkm], by the improved method."""
    load_share = max(load_t / payload_t, LEAST_LOAD_SHARE)
    logarithm = (
        INTERCEPT - LOAD_EXPONENT * np.log(load_share) - PAYLOAD_EXPONENT * np.log(payload_t * 1000)
    )
    return float(np.exp(logarithm))


def by_truck(
    terms: Terms, truck: Carrier, load_t: float, empty_return: float, road_km: Array
) -> tuple[Array, Array]:
    """Return kgCO2e and MJ per tonne for `road_km` laden and the empty way back."""
    if terms.co2_method == CONVENTIONAL:
        kgco2e = terms.amount(f"transport/truck/{FLEET}", PER_TKM) * road_km
        return kgco2e, kgco2e / diesel_kgco2e_per_l(terms) * diesel_mj_per_l(terms)
    payload_t = terms.amount(f"{truck.key}/payload_t", "t")
    economy = terms.amount(f"{truck.class_key}/fuel_economy", "km/L")
    empty_l_per_tkm = empty_return / economy / load_t
    litres = (truck_l_per_tkm(payload_t, load_t) + empty_l_per_tkm) * road_km
    return litres * diesel_kgco2e_per_l(terms), litres * diesel_mj_per_l(terms)


def by_line(terms: Terms, mode: str, distance_km: Array) -> tuple[Array, Array]:
    """Return kgCO2e and MJ per tonne for a way by ``rail`` or ``ship``."""
    source = FLEET if terms.co2_method == CONVENTIONAL else GUIDELINE
    kgco2e = terms.amount(f"transport/{mode}/{source}", PER_TKM) * distance_km
    energy = terms.amount(f"transport/{mode}/method_default/energy_tkm", MJ_PER_TKM) * distance_km
    return kgco2e, energy
