"""Choose where recycling hubs go and how waste reaches them."""

__version__ = "0.1.0"
