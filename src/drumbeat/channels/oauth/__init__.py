"""Asking providers for tokens, and what a mail channel needs of one."""
