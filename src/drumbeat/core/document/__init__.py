"""The document of a flow: JSON or YAML <-> Flow, its JSON Schema, and upgrades of older formats.

`plain` bounds what came from outside, `reading` makes a Flow of it or says every problem at once, `writing`
gives the one canonical form, `contents` takes the bodies out of it, `line` asks and edits whole flows.
What a flow does is judged by `lint`.
"""

from drumbeat.core.document.contents import content_hashes, join_contents, split_contents
from drumbeat.core.document.form import FORMAT, MOST_STEPS
from drumbeat.core.document.line import linear, with_delays
from drumbeat.core.document.plain import DEEPEST_NESTING, LONGEST_TEXT
from drumbeat.core.document.reading import UPGRADES, read_condition, read_document, read_step
from drumbeat.core.document.schema import document_schema
from drumbeat.core.document.text import parse_text, to_yaml
from drumbeat.core.document.writing import checksum, write_condition, write_document

__all__ = [
    "DEEPEST_NESTING",
    "FORMAT",
    "LONGEST_TEXT",
    "MOST_STEPS",
    "UPGRADES",
    "checksum",
    "content_hashes",
    "document_schema",
    "join_contents",
    "linear",
    "parse_text",
    "read_condition",
    "read_document",
    "read_step",
    "split_contents",
    "to_yaml",
    "with_delays",
    "write_condition",
    "write_document",
]
