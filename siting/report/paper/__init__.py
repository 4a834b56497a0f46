"""The committee's paper as a value; the template sets it in type."""
