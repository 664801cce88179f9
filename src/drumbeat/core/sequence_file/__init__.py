"""A sequence as a file: YAML text <-> name, settings and flow, with the line of every problem.

`marked` reads bounded YAML and keeps where each value stands, `reading` makes a sequence of it, `writing` gives
the one canonical text, `schema` describes it for editors. What settings mean is said by the callers.
"""

from drumbeat.core.sequence_file.form import FORMAT, FileFault, FileRead, SequenceFile
from drumbeat.core.sequence_file.marked import LONGEST_FILE, Place
from drumbeat.core.sequence_file.reading import read_file
from drumbeat.core.sequence_file.schema import SCHEMA_NAME, file_schema
from drumbeat.core.sequence_file.writing import write_file

__all__ = [
    "FORMAT",
    "LONGEST_FILE",
    "SCHEMA_NAME",
    "FileFault",
    "FileRead",
    "Place",
    "SequenceFile",
    "file_schema",
    "read_file",
    "write_file",
]
