"""The sections of the page of modes, each a pure function of the findings."""
