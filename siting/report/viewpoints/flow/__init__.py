"""Viewpoints on what flows: material, freight, feedstock, offtake."""
