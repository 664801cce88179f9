"""Webhooks over HTTP/1.1: one call, one answer, one connection."""
