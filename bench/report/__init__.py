"""docs/benchmark.md and its curves, from the records alone."""
