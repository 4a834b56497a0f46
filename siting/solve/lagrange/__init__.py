"""A bound that knows whole lines: every site on its own, at prices for what links them."""
