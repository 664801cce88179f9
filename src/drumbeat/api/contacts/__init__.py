"""Contacts over HTTP: the table, one contact, files, lists, suppressions."""
