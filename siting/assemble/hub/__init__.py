"""What may run at the sites of a study, and what sites share."""
