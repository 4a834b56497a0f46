"""From places and the road graph to distances, and from distances to what a tonne costs."""
