"""Rows to core values and back, locks, claims, bulk loads. The only place that locks."""
