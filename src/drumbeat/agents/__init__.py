"""Whoever decides for the flow: one small protocol, and how an installation names who that is. No ORM."""
