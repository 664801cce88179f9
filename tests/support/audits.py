"""Flows put to the audit: a workspace where nothing is missing, and what lint says of a flow in it."""

from drumbeat.core.flow import Channel, EmailContent, TagStep
from drumbeat.core.lint import LintFacts, lint
from tests.support.flows import CUSTOM_FIELDS, an_email

READY = LintFacts(
    channels=frozenset(Channel),
    fields=CUSTOM_FIELDS,
    tracked=frozenset({"opened", "clicked"}),
    has_postal_address=True,
    has_agent=True,
    has_decider=True,
    has_rep=True,
)
LINK = " {{ unsubscribe_url }}"


def a_mail(key="hello", *, subject="Hello", text="Good morning." + LINK, **more):
    return an_email(key, content=EmailContent(subject=subject, text=text), **more)


def codes(flow, known=READY):
    """Return what is said."""
    return {problem.code for problem in lint(flow, known)}


def found(flow, code, known=READY):
    problems = [problem for problem in lint(flow, known) if problem.code == code]
    assert len(problems) == 1
    return problems[0]


def tag(key, **more):
    return TagStep(key=key, action="remove", tag="x", **more)
