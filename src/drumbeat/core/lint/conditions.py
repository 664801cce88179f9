"""The conditions of a step: rules that make sense, about names that exist and steps that come before."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from drumbeat.core.conditions import Condition, Names, check_condition, fold
from drumbeat.core.conditions.rules import Rule, rules_with_paths
from drumbeat.core.flow import ConditionStep, Flow, ListStep, Step, TagStep, channel_of
from drumbeat.core.lint.graph import Graph, reached
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import say
from drumbeat.core.lint.steps import Finding

_TRACKED = ("event.opened", "event.clicked")
_WRONG = ("condition_invalid", "condition_wrong")
_UNKNOWN = ("unknown_name", "condition_name")
Followers = Mapping[str, Container[str]]
"""For each step that a condition names, the steps that may come after it."""


def followers(flow: Flow, graph: Graph) -> Followers:
    """Walk once from each step that a condition names."""
    named = {
        rule.step
        for step in flow.steps.values()
        for _, condition in conditions_of(step)
        for _, rule in rules_with_paths(condition)
        if rule.step is not None and rule.step in flow.steps
    }
    return {key: reached(graph, graph[key]) for key in sorted(named)}


def names_of(flow: Flow, known: LintFacts) -> Names:
    """Return the names that conditions may ask for: those of the workspace, and those that the flow makes."""
    made = {fold(step.tag) for step in flow.steps.values() if isinstance(step, TagStep)}
    joined = {step.list for step in flow.steps.values() if isinstance(step, ListStep)}
    return Names(
        None if known.tags is None else known.tags | made,
        None if known.lists is None else known.lists | joined,
    )


def condition_findings(
    step: Step, flow: Flow, known: LintFacts, after: Followers, names: Names
) -> Iterator[Finding]:
    for path, condition in conditions_of(step):
        for found in check_condition(condition, known.fields, flow.steps, names):
            code, name = _WRONG if found.is_error else _UNKNOWN
            yield code, f"{path}.{found.path}", say(name, detail=found.message)
        for inner, rule in rules_with_paths(condition):
            for code, part, text in _in_vain(rule, step, flow, known, after):
                yield code, f"{path}.{inner}{part}", text


def _in_vain(rule: Rule, step: Step, flow: Flow, known: LintFacts, after: Followers) -> Iterator[Finding]:
    event = rule.field.removeprefix("event.")
    if rule.field in _TRACKED and event not in known.tracked:
        yield "tracking_off", "", say("condition_untracked", event=event)
    if rule.step is None or rule.step not in flow.steps:
        return
    if channel_of(flow.steps[rule.step]) is None:
        yield "step_not_before", ".step", say("step_sends_nothing", step=rule.step)
    elif step.key not in after[rule.step]:
        yield "step_not_before", ".step", say("step_later", step=rule.step)


def conditions_of(step: Step) -> Iterator[tuple[str, Condition]]:
    """Yield the conditions of a step with their paths in it."""
    if step.only_if is not None:
        yield "only_if", step.only_if
    if isinstance(step, ConditionStep):
        for index, branch in enumerate(step.branches):
            yield f"branches[{index}].condition", branch.condition
