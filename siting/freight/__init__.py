"""What carrying a tonne takes: costs, hours, emissions of trucks, trains, ships and chains."""
