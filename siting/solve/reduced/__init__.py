"""A smaller model whose duals prove a bound for the whole: sources merged, no arc forgotten."""
