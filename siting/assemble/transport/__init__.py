"""What carries goods between the places of a study: network, arcs, legs, services, exports."""
