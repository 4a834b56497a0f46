"""Build the layers: ``python data/build`` reads data/sources and writes data/gis."""

from pathlib import Path

import catalog
import generation
import outlines
import places
import pv
import rasters
import roads
import sites
import trade
from files import GIS, write_layer, write_table

LAYERS = {
    "ports": sites.ports,
    "eco_towns": sites.eco_towns,
    "recycling_ports": sites.recycling_ports,
    "case_study_sites": sites.case_study_sites,
    "sinks": sites.sinks,
    "rail_stations": sites.rail_stations,
}
TABLES = {
    "rail_distance": sites.rail_distance,
    "sea_distance": sites.sea_distance,
    "growth": generation.growth,
    "port_services": trade.port_services,
    "overseas_ports": trade.overseas_ports,
    "overseas_distance": trade.overseas_distance,
}
WAVE_YEARS = [2025, 2030, 2035, 2040, 2042, 2045, 2050]


def build(out: Path) -> None:
    """Write every layer to `out`, then the catalogue."""
    out.mkdir(parents=True, exist_ok=True)
    towns = places.municipalities()
    write_layer(towns, out, "municipalities")
    write_layer(places.prefectures(towns, outlines.land_masses()), out, "prefectures")
    for name, layer in LAYERS.items():
        write_layer(layer(), out, name)
    for name, table in TABLES.items():
        write_table(table(), out, name)
    for name in rasters.RASTERS:
        rasters.write_raster(name, out)
    roads.write_graph(roads.graph(), out)
    build_supply(out)
    catalog.write_catalog(out)


def build_supply(out: Path) -> None:
    """Write the arising and the PV wave; show how far they are from published figures."""
    arising, waste = generation.generation(), pv.pv_waste()
    print("Arising against the national figures [t/yr]")
    print(generation.deviations(arising).to_string())
    print("\nPV panels against the published curves [kt/yr]; from 2035 on inside their range")
    print(pv.wave(waste).loc[WAVE_YEARS].round(1).to_string())
    generation.check(arising)
    pv.check(waste)
    write_table(arising, out, "generation")
    write_table(waste, out, "pv_waste")


if __name__ == "__main__":
    build(GIS)
