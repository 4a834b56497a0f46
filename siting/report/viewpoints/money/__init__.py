"""Viewpoints on money: economy, and the figures it rests on."""
