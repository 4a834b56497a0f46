"""Viewpoints on law and environment."""
