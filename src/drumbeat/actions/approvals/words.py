"""What is answered about a draft, as codes with their sentences."""

from __future__ import annotations

from collections.abc import Mapping

DONE = "done"
OUTDATED = "outdated"
SENTENCES: Mapping[str, str] = {
    DONE: "",
    "concerns": "Something in it must not go out so. Read the checks; then approve it all the same, or change it.",
    "changed": "The text has changed meanwhile; look again.",
    "unread": "Say which text you mean: the text_hash of what you read.",
    OUTDATED: "What it was written from has changed since, so it is being written anew.",
    "not_waiting": "It waits for nobody any more: somebody decided, or the contact has answered.",
    "too_late": "An approval can be taken back for ten seconds; these are over.",
    "not_found": "There is no such draft in this workspace.",
}
