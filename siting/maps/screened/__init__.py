"""The page of a screening: a map of scores, the candidates, and what removed how many cells."""
