"""Facts of a mode comparison, each computed once from its runs, offers and legs."""
