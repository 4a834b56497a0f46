"""Viewpoints on hubs: technology, site, energy."""
