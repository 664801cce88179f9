"""The one error type for what a user can cause.

Every layer raises it, only the edges (API, command line, inbound) turn it into
an answer. Defects in our own code are ordinary exceptions and never land here.
"""

from collections.abc import Mapping
from types import MappingProxyType

_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


class DomainError(Exception):
    """A request that cannot be carried out, told so that its author can act on it.

    `code` is stable and part of the interface; `message` says what is wrong and
    what to do; `fields` maps the path of an input (`steps.hello.delay`) to its sentence.
    """

    def __init__(self, code: str, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.fields: Mapping[str, str] = MappingProxyType(dict(fields)) if fields else _NO_FIELDS

    def __str__(self) -> str:
        return self.message


class NotedError(DomainError):
    """A refusal of which something stays written: whoever asked for it in a transaction commits that first."""
