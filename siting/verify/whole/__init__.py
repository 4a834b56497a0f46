"""Bounds that know whole lines: every site plans for itself at the prices of a certificate."""
