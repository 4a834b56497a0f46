"""Write the file of a public set as a folder of tables that ``siting solve`` reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from public_file import read_network
from public_instance import instance_of

if TYPE_CHECKING:
    from pathlib import Path

    from public_file import Network


def convert(path: Path, out: Path, form: str | None = None, *, uncapacitated: bool = False) -> None:
    """Write the network in the file at `path` as the tables of an instance in the folder `out`.

    Parameters
    ----------
    form : format of the file; else the one that a folder of `path` is named for.
    uncapacitated : a facility serves any amount, whatever the file says of its capacity.

    Raises
    ------
    ValueError
        If the file is none of a public set, or no plan serves its customers.
    """
    network = read_network(path, form)
    instance = instance_of(without_capacity(network) if uncapacitated else network)
    out.mkdir(parents=True, exist_ok=True)
    instance.write(out)


def without_capacity(network: Network) -> Network:
    """Return `network` with facilities that serve any amount."""
    levels = (
        replace(level, capacity=np.full_like(level.capacity, np.inf)) for level in network.levels
    )
    return replace(network, levels=tuple(levels))
