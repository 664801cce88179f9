"""Senders over HTTP."""
