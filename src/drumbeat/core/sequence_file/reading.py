"""From text to a sequence, or every fault of it at once, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from drumbeat.core.document import FORMAT as DOCUMENT_FORMAT
from drumbeat.core.document import read_document
from drumbeat.core.document.plain import Copier
from drumbeat.core.document.sentences import did_you_mean
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.core.sequence_file.form import FORMAT, FileFault, FileRead, SequenceFile
from drumbeat.core.sequence_file.marked import Unreadable, read_marked

KEYS = ("format", "name", "description", "tags", "settings", "flow")
INVALID = "file_invalid"
LONGEST_NAME = 200

Faults = Iterator[tuple[str, str]]
"""Path and sentence."""


def read_file(text: str) -> FileRead:
    """Read a sequence file. Total: what cannot be read comes back as faults."""
    try:
        marked = read_marked(text.removeprefix("\ufeff"))
    except Unreadable as fault:
        return FileRead(faults=[FileFault(fault.code, "", fault.message, fault.place)])
    copier = Copier()
    data = copier.copy(marked.data, "")
    here = FileRead(places=marked.places)
    found = dict(copier.problems)
    if not isinstance(data, dict):
        found.setdefault("", "A sequence file holds the keys name, settings and flow.")
        return _refused(here, found)
    for path, sentence in _form_faults(data):
        found.setdefault(path, sentence)
    flow, of_flow = _flow(data.get("flow"))
    for path, sentence in of_flow.items():
        found.setdefault(path, sentence)
    if found or flow is None:
        return _refused(here, found)
    content = SequenceFile(
        name=data["name"].strip(),
        flow=flow,
        description=data.get("description"),
        tags=tuple(data["tags"]) if "tags" in data else None,
        settings=_words(data["settings"]) if "settings" in data else None,
    )
    return FileRead(content=content, places=marked.places)


def _words(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Read `exit_on_call: off` as the word: to YAML 1.1 it is false."""
    return {
        name: "off" if value is False and name.startswith("exit_on_") else value
        for name, value in settings.items()
    }


def _refused(here: FileRead, found: Mapping[str, str]) -> FileRead:
    faults = [FileFault(INVALID, path, sentence, here.place_of(path)) for path, sentence in found.items()]
    return FileRead(faults=sorted(faults, key=_order), places=here.places)


def _order(fault: FileFault) -> tuple[int, int]:
    return (fault.place.line, fault.place.column) if fault.place else (0, 0)


def _form_faults(data: Mapping[str, Any]) -> Faults:
    for key in data:
        if key not in KEYS:
            yield key, f"Is not known here.{did_you_mean(key, KEYS)}"
    if data.get("format") != FORMAT or isinstance(data["format"], bool):
        yield "format", f"Must be {FORMAT}: this release writes and reads format {FORMAT}."
    name = data.get("name")
    if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST_NAME:
        yield "name", f"A sequence needs a name of 1 to {LONGEST_NAME} characters."
    for key, fits, left_out, must in _FORMS:
        if not fits(data.get(key, left_out)):
            yield key, must


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


_FORMS: Sequence[tuple[str, Callable[[object], bool], object, str]] = (
    ("description", _is_text, "", "Must be text."),
    ("tags", _is_texts, [], "Must be a list of texts."),
    ("settings", _is_object, {}, "Must be an object of settings by name."),
    ("flow", _is_object, None, "Must be an object with the key steps."),
)
"""Key, what it must be, what stands for one that is left out, and the sentence."""


def _flow(data: Any) -> tuple[Flow | None, Mapping[str, str]]:
    """Read the flow, which has the format of the file; paths come back as they stand in the file."""
    if not isinstance(data, dict):
        return None, {}
    if "format" in data:
        return None, {"flow.format": "The format stands at the top of the file. Take it out here."}
    try:
        return read_document({"format": DOCUMENT_FORMAT, **data}), {}
    except DomainError as fault:
        return None, {f"flow.{path}": sentence for path, sentence in fault.fields.items()}
