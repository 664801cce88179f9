"""Verbs: one use case per function, one transaction each, the acting member first and `now` last."""
