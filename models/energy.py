r"""Power and heat: what they cost and emit, by the region a site is in.

======================  ============================  ====================================
symbol                  name                          meaning [unit]
======================  ============================  ====================================
:math:`\epsilon_{hgs}`  ``kwh_per_t``                 power per tonne [kWh/t]
:math:`\theta_{hgs}`    ``heat_mj_per_t``             heat per tonne [MJ/t]
:math:`P, H`            ``power_jpy_per_kwh``, heat   tariffs of the region [JPY/kWh, JPY/MJ]
======================  ============================  ====================================

``energy_cost`` :math:`= \sum (\epsilon P_{r(h)t} + \theta H_{r(h)t})\, z_{hgst}`. A site in no
region with a row in ``energy`` pays nothing here, and its power emits the national factor of the
period.
"""

import pyomo.environ as pyo

from models.instance import Instance


def add(m: pyo.ConcreteModel, data: Instance) -> None:
    """Add ``energy_cost`` [JPY/yr]."""
    kwh_per_t = data.hubs["kwh_per_t"].to_dict()
    heat_mj_per_t = data.hubs["heat_mj_per_t"].to_dict()
    power_jpy_per_kwh = data.energy["power_jpy_per_kwh"].to_dict()
    heat_jpy_per_mj = data.energy["heat_jpy_per_mj"].to_dict()
    region = energy_regions(data)

    @m.Expression(m.PERIODS)
    def energy_cost(m, t):
        return sum(
            (
                kwh_per_t[hub] * power_jpy_per_kwh[region[hub[0]], t]
                + heat_mj_per_t[hub] * heat_jpy_per_mj[region[hub[0]], t]
            )
            * m.throughput[*hub, t]
            for hub in m.HUBS
            if (region.get(hub[0]), t) in power_jpy_per_kwh
        )


def energy_regions(data: Instance) -> dict[str, str]:
    """Return of each node the region whose tariffs and factors it has."""
    priced = set(data.energy.index.unique("region"))
    return {node: region for region, node in data.regions.index if region in priced}
