"""A part of several blocks that share sites and sinks and sell to each other: block by block."""
