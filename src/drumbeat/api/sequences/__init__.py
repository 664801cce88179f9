"""Sequences over HTTP: cards, working copy, versions, files, trials."""
