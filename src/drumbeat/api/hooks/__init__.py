"""Hooks: managed by admins, and the address at which other programs tell what happened."""
