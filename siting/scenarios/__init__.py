"""Several runs instead of one: two plans side by side, a front of two objectives, all cases."""
