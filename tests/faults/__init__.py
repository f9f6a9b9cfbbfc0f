"""Faults of every kind, tried on the real program; `make scorecard` prints what came of it."""
