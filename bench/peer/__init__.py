"""Other tools, each with the same mixed-integer program written the way its manual does."""
