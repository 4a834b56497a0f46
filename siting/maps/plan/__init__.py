"""One plan as rows of numbers that refer to the lists the whole page shares."""
