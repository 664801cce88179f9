"""The merge tags that texts of steps may use, as dotted names. What fills them is the shell's work."""

from __future__ import annotations

CONTACT_TAGS = frozenset(
    f"contact.{name}" for name in ("first_name", "last_name", "email", "phone", "company", "title", "stage")
)
"""Those of a workspace's own fields are called `contact.custom.<key>`."""

ALWAYS_FILLED = frozenset(
    {"sender.name", "sender.address", "workspace.name", "sequence.name", "unsubscribe_url"}
)
"""Tags that need no fallback."""

SIGNATURE = "sender.signature"
POSTAL_ADDRESS = "workspace.postal_address"
UNSUBSCRIBE_URL = "unsubscribe_url"
MERGE_TAGS = CONTACT_TAGS | ALWAYS_FILLED | {SIGNATURE, POSTAL_ADDRESS}
"""Signature and postal address are empty until somebody enters them."""
