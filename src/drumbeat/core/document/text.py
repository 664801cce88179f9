"""JSON or YAML text <-> plain values."""

from __future__ import annotations

from typing import Any

import yaml

from drumbeat.core.errors import DomainError


def parse_text(text: str) -> Any:
    """Read YAML, of which JSON is a part. Raises DomainError `document_unreadable` with the line."""
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"Line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise DomainError("document_unreadable", f"{place}{error.problem}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise DomainError("document_unreadable", f"This is neither YAML nor JSON: {reason}.") from None


def to_yaml(document: object) -> str:
    """Write YAML in the order of the document, long texts as blocks."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


class _Loader(yaml.SafeLoader):
    """Refuses a key that comes twice: YAML would keep the last one and say nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key.value!r} comes twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Dumper(yaml.SafeDumper):
    """Repeats what occurs twice instead of pointing to it: people read this."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    if _OTHER_BREAKS.intersection(text):
        return '"'
    return "|" if "\n" in text else None


# YAML reads them as line breaks and makes them one; only quoted they survive (YAML 1.1, section 4.2).
_OTHER_BREAKS = frozenset("\r\x85\u2028\u2029")


_Dumper.add_representer(str, _represent_text)
