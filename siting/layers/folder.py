"""Where the layers lie: beside the code in a clone, inside the package when installed."""

from importlib.resources import files
from pathlib import Path

from siting.errors import MissingDataError

CATALOG = "catalog.yaml"


def data_folder() -> Path:
    """Return the folder of the shipped layers.

    Raises
    ------
    MissingDataError
        If neither the clone nor the installed package holds a catalogue.
    """
    package = Path(str(files("siting")))
    places = (package.parent / "data" / "gis", package / "data" / "gis")
    for folder in places:
        if (folder / CATALOG).is_file():
            return folder
    msg = (
        f"layers: no {CATALOG} in {places[0]} or {places[1]}, expected the shipped layers. "
        "In a clone run `python data/build`; otherwise install the package again."
    )
    raise MissingDataError(msg)
