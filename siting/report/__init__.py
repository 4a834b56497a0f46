"""Say what a plan is: tables for machines and offices, a paper for the committee."""
