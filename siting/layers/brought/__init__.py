"""Layers that a user brings: official ones that are fetched, and files that lie at hand."""

from siting.layers.brought.fetch import fetch_files, layer_of
from siting.layers.brought.hand import import_layer
from siting.layers.brought.registry import Brought, register

__all__ = ["Brought", "fetch_files", "import_layer", "layer_of", "register"]
