"""What ships do at each port, and how far the ports overseas are."""

import pandas as pd
from files import read_source
from sites import sea_distance

KM_PER_NM = 1.852
SERVICES = {"ro_ro", "container_feeder", "container_international"}
INTERNATIONAL = "container_international"


def port_services() -> pd.DataFrame:
    """Return which port has which scheduled service, sorted; a name must be that of its id."""
    table = read_source("port_services.csv")
    names = table["port_id"].map(read_source("ports.csv").set_index("port_id")["name"])
    other = table.loc[names != table["name"], ["port_id", "name"]]
    assert other.empty, f"port_services: not the names of these ports:\n{other}"
    assert set(table["service"]) == SERVICES, "port_services: a service that is none of three"
    columns = ["port_id", "service", "source", "confidence"]
    return table.sort_values(["port_id", "service"], ignore_index=True)[columns]


def overseas_ports() -> pd.DataFrame:
    """Return the gateways overseas, sorted by id."""
    return read_source("overseas_ports.csv").sort_values("overseas_id", ignore_index=True)


def overseas_distance() -> pd.DataFrame:
    """Return the sailing distance [km] from each international container port to each gateway.

    A reference port keeps its own figure; any other sails past the reference port that makes
    its way the shortest, which is an upper bound.
    """
    services = port_services()
    ports = services.loc[services["service"] == INTERNATIONAL, "port_id"]
    coastal_km = coastal()
    rows = []
    for gateway, known in read_source("overseas_reference.csv").groupby("overseas_id"):
        reference = known.set_index("port_id")
        rows += [row(str(gateway), port, reference, coastal_km) for port in ports]
    names = ["port_id", "overseas_id", "distance_km", "source", "confidence"]
    return pd.DataFrame(rows, columns=names).sort_values(names[:2], ignore_index=True)


def coastal() -> pd.DataFrame:
    """Return the sea distances between the ports of Japan [km] as a full matrix."""
    pairs = sea_distance().set_index(["origin", "destination"])["distance_km"]
    ports = sorted({port for pair in pairs.index for port in pair})
    half = pairs.unstack(fill_value=0.0).reindex(index=ports, columns=ports, fill_value=0.0)
    return half + half.T


def row(
    gateway: str, port: str, reference: pd.DataFrame, coastal_km: pd.DataFrame
) -> tuple[str, str, float, str, str]:
    """Return one row: the figure of a reference port, or the shortest way past one."""
    known_km = reference["distance_nm"] * KM_PER_NM
    if port in reference.index:
        source, confidence = reference.loc[port, ["source", "confidence"]]
        return port, gateway, round(known_km[port], 1), source, confidence
    way_km = known_km + coastal_km.loc[port, known_km.index]
    nearest = way_km.idxmin()
    source = f"distance from {nearest} (PUB 151) and coastal sea distance to it; an upper bound"
    return port, gateway, round(way_km[nearest], 1), source, "estimate"
