"""Checks of the repository itself. Run one with `python -m tools.<name>`."""
