"""Forty wrong documents: each is refused, or warned of, at its place and in words that say what to do."""

import pytest

from drumbeat.core.conditions import FieldType
from drumbeat.core.document import read_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.lint import CODES, LintFacts, Severity, lint
from tests.support.bad_flows import BAD_FLOWS, UNREADABLE

KNOWN = LintFacts(
    fields={"custom.score": FieldType.NUMBER}, channels=frozenset({Channel.EMAIL}), has_postal_address=True
)
UNREADABLE_ONES = [pytest.param(bad, id=bad.name) for bad in BAD_FLOWS if bad.code == UNREADABLE]
READABLE_ONES = [pytest.param(bad, id=bad.name) for bad in BAD_FLOWS if bad.code != UNREADABLE]


def test_there_are_forty_and_each_is_another():
    assert len(BAD_FLOWS) >= 40
    assert len({bad.name for bad in BAD_FLOWS}) == len(BAD_FLOWS)


@pytest.mark.parametrize("bad", UNREADABLE_ONES)
def test_what_cannot_be_read_says_where_and_why(bad):
    with pytest.raises(DomainError) as refused:
        read_document(bad.document)
    assert refused.value.code == UNREADABLE
    assert bad.says in refused.value.fields[bad.path]


@pytest.mark.parametrize("bad", READABLE_ONES)
def test_what_is_wrong_is_found_at_its_step(bad):
    found = {(p.code, p.step, p.path): p for p in lint(read_document(bad.document), KNOWN)}
    problem = found[bad.code, bad.step, bad.path]
    assert bad.says in problem.message
    assert (problem.severity is Severity.ERROR) is bad.blocks
    assert CODES[bad.code].cure


@pytest.mark.parametrize("bad", READABLE_ONES)
def test_a_warning_stands_alone(bad):
    """What is only warned of must be publishable, or the test of publishing would prove nothing."""
    errors = {p.code for p in lint(read_document(bad.document), KNOWN) if p.severity is Severity.ERROR}
    assert bool(errors) is bad.blocks
