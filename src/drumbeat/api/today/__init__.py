"""The first room over HTTP."""
