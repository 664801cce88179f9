"""The audit of a flow: what blocks publishing and what is hardly meant, each with its cure.

`problems` is the table of codes, `sentences` what is said, `graph` the walks, `whole` what the flow as a whole
shows, `steps`, `content`, `texts`, `mails`, `calls`, `conditions` and `actions` what a step shows on its own. Nothing
here changes a flow.
"""

from __future__ import annotations

from collections.abc import Iterator

from drumbeat.core.flow import Flow
from drumbeat.core.lint.actions import action_findings
from drumbeat.core.lint.calls import call_findings
from drumbeat.core.lint.conditions import condition_findings, followers, names_of
from drumbeat.core.lint.graph import graph_of
from drumbeat.core.lint.mails import mail_findings
from drumbeat.core.lint.problems import CODES, Code, LintFacts, Problem, Severity, problem
from drumbeat.core.lint.sentences import SENTENCES, Sentence
from drumbeat.core.lint.steps import Finding, step_findings
from drumbeat.core.lint.texts import text_findings
from drumbeat.core.lint.whole import (
    flow_findings,
    hasty,
    pace_findings,
    possible_firsts,
    removed_tags,
    tag_findings,
    way_findings,
)

__all__ = ["CODES", "SENTENCES", "Code", "LintFacts", "Problem", "Severity", "lint"]


def lint(flow: Flow, known: LintFacts) -> list[Problem]:
    """Audit `flow`, the whole first, then step by step in its order. Total, and linear in steps and ways."""
    places = {key: f"steps[{index}]" for index, key in enumerate(flow.steps)}
    return [
        *(problem(code, message, path=path) for code, path, message in flow_findings(flow, known)),
        *(
            problem(code, message, key, f"{places[key]}.{path}" if path else places[key])
            for key, code, path, message in _by_step(flow, known)
        ),
    ]


def _by_step(flow: Flow, known: LintFacts) -> Iterator[tuple[str, str, str, Sentence]]:
    graph = graph_of(flow)
    ways = way_findings(flow, graph)
    firsts, rushed, removed = possible_firsts(flow, graph), hasty(flow, graph), removed_tags(flow)
    after, names = followers(flow, graph), names_of(flow, known)
    for key, step in flow.steps.items():
        findings: list[Finding] = [
            *ways.get(key, ()),
            *step_findings(step, known, is_first=key in firsts),
            *text_findings(step, known),
            *mail_findings(step, known),
            *call_findings(step, known),
            *action_findings(step, known),
            *condition_findings(step, flow, known, after, names),
            *pace_findings(step, known, is_hasty=key in rushed),
            *tag_findings(step, known, removed),
        ]
        yield from ((key, *finding) for finding in findings)
