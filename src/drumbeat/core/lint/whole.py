"""What only the flow as a whole shows: ways, circles, first messages, pace, tags."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from drumbeat.core.conditions import fold
from drumbeat.core.conditions.fields import EVENTS
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.flow import Channel, EmailStep, Flow, Step, TagStep, TaskStep, WaitForStep, channel_of
from drumbeat.core.lint.graph import Graph, circles, reached, ways_at_once
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import Sentence, say
from drumbeat.core.lint.steps import Finding

SHORTEST_GAP = 24 * 60  # minutes
LONGEST_DELAY = 90 * 24 * 60
_MINUTES = {
    DelayUnit.MINUTES: 1,
    DelayUnit.HOURS: 60,
    DelayUnit.DAYS: 24 * 60,
    DelayUnit.WEEKDAYS: 24 * 60,
    DelayUnit.WEEKS: 7 * 24 * 60,
}


TRACKED = frozenset({"opened", "clicked"})
NEVER_TOLD = frozenset({"sent", "delivered", "form_submitted", "sequence_finished", "webhook_received"})
"""Events that are no facts of an enrollment, so that waiting for one is in vain."""


def flow_findings(flow: Flow, known: LintFacts) -> Iterator[Finding]:
    """Yield what belongs to no single step."""
    if not _starts(flow):
        yield "empty_flow", "start", say("no_start")
    sends_mail = any(isinstance(step, EmailStep) for step in flow.steps.values())
    if sends_mail and not known.has_postal_address:
        yield "postal_address_missing", "", say("no_postal_address")


def way_findings(flow: Flow, graph: Graph) -> dict[str, list[Finding]]:
    """Return the steps without a way to them, and the circles that never wait, by step."""
    found: dict[str, list[Finding]] = {}
    lost = flow.steps.keys() - reached(graph, [flow.start or ""]) if _starts(flow) else ()
    for key in lost:
        found.setdefault(key, []).append(("unreachable_step", "", say("unreachable")))
    for circle in circles(ways_at_once(flow)):
        found.setdefault(circle[0], []).append(("cycle_without_delay", "", _endless(circle)))
    return found


def _starts(flow: Flow) -> bool:
    return flow.start is not None and flow.start in flow.steps


def _endless(keys: list[str]) -> Sentence:
    shown = ", ".join(keys[:5])
    if len(keys) > 5:
        return say("endless_many", steps=shown, more=len(keys) - 5)
    return say("endless", steps=shown)


def possible_firsts(flow: Flow, graph: Graph) -> frozenset[str]:
    """Return the send steps that may be the first message of their channel."""
    firsts: set[str] = set()
    for own in _by_channel(flow).values():
        firsts |= own & reached(graph, [flow.start or ""], borders=own)
    return frozenset(firsts)


def hasty(flow: Flow, graph: Graph) -> frozenset[str]:
    """Return the send steps that follow a message on the same channel in less than a day."""
    found: set[str] = set()
    rests = {key for key, step in flow.steps.items() if not _goes_on(step)}
    for own in _by_channel(flow).values():
        after = {way for key in own for way in graph[key]}
        soon = reached(graph, after, borders=own | rests)
        found |= {key for key in own & soon if minutes(flow.steps[key].delay) < SHORTEST_GAP}
    return frozenset(found)


def _by_channel(flow: Flow) -> dict[Channel, set[str]]:
    found: dict[Channel, set[str]] = {}
    for key, step in flow.steps.items():
        if channel := channel_of(step):
            found.setdefault(channel, set()).add(key)
    return found


def _goes_on(step: Step) -> bool:
    """Tell whether a step between two messages takes no time worth mentioning."""
    waits = isinstance(step, WaitForStep) or (isinstance(step, TaskStep) and step.waits)
    return not waits and minutes(step.delay) < SHORTEST_GAP


def minutes(delay: Delay) -> int:
    """Return about how long a delay is; weekends are not counted."""
    return delay.value * _MINUTES[delay.unit]


def pace_findings(step: Step, known: LintFacts, *, is_hasty: bool) -> Iterator[Finding]:
    """Yield delays and waits that are hardly meant."""
    if minutes(step.delay) > LONGEST_DELAY:
        yield "delay_too_long", "delay", say("long_delay", delay=step.delay)
    if is_hasty:
        yield "delay_too_short", "delay", say("hasty", delay=step.delay)
    match step:
        case TaskStep(waits=True, when_not_done="wait"):
            yield "wait_never_ends", "when_not_done", say("task_never_ends")
        case WaitForStep() if reason := _in_vain(step, known):
            yield "wait_in_vain", "event", reason
        case _:
            return


def _in_vain(step: WaitForStep, known: LintFacts) -> Sentence | None:
    if step.event.strip() and step.event not in EVENTS:
        return say("event_unknown", event=step.event, events=", ".join(sorted(EVENTS)))
    if step.event in TRACKED and step.event not in known.tracked:
        return say("event_untracked", event=step.event)
    if step.event in NEVER_TOLD:
        return say("event_never_told", event=step.event)
    return None if step.time_limit.value else say("wait_without_time")


def removed_tags(flow: Flow) -> frozenset[str]:
    return frozenset(
        fold(step.tag)
        for step in flow.steps.values()
        if isinstance(step, TagStep) and step.action == "remove"
    )


def tag_findings(step: Step, known: LintFacts, removed: AbstractSet[str]) -> Iterator[Finding]:
    if not isinstance(step, TagStep) or step.action != "add" or not (tag := fold(step.tag)):
        return
    if known.trigger_tags & {tag, ""}:
        yield "tag_retriggers", "tag", say("tag_starts_this", tag=step.tag)
    if tag not in removed:
        yield "tag_never_removed", "tag", say("tag_stays", tag=step.tag)
