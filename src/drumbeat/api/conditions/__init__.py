"""Conditions over HTTP: what they may ask, who matches, and segments."""
