"""Walks over the graph of a flow: what is reached, what comes first, what turns in circles.

Each is linear in steps and ways and iterative; ways to steps that do not exist are passed over.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from drumbeat.core.flow import Flow, GoToStep, Step, TaskStep, WaitForStep, detours, ways_out

Graph = Mapping[str, list[str]]


def graph_of(flow: Flow) -> Graph:
    return {key: _existing(ways_out(step), flow) for key, step in flow.steps.items()}


def reached(graph: Graph, starts: Iterable[str], borders: Container[str] = ()) -> set[str]:
    """Return what can be reached from `starts`, these included; the walk does not go on from `borders`."""
    found = {key for key in starts if key in graph}
    stack = list(found)
    while stack:
        key = stack.pop()
        if key in borders:
            continue
        fresh = [way for way in graph[key] if way not in found]
        found.update(fresh)
        stack.extend(fresh)
    return found


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of steps that lead back to each other, each in the order of the graph (Kosaraju)."""
    backwards: dict[str, list[str]] = {key: [] for key in graph}
    for key, ways in graph.items():
        for way in ways:
            backwards[way].append(key)
    group_of: dict[str, int] = {}
    for number, start in enumerate(reversed(_by_end(graph))):
        _collect(start, backwards, number, group_of)
    groups: dict[int, list[str]] = {}
    for key in graph:
        groups.setdefault(group_of[key], []).append(key)
    return [group for group in groups.values() if len(group) > 1 or group[0] in graph[group[0]]]


def _by_end(graph: Graph) -> list[str]:
    """List the steps in the order in which a walk in depth leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for start in graph:
        if start in seen:
            continue
        seen.add(start)
        path = [(start, iter(graph[start]))]
        while path:
            key, ways = path[-1]
            fresh = next((way for way in ways if way not in seen), None)
            if fresh is None:
                order.append(key)
                path.pop()
            else:
                seen.add(fresh)
                path.append((fresh, iter(graph[fresh])))
    return order


def _collect(start: str, backwards: Graph, number: int, group_of: dict[str, int]) -> None:
    stack = [start]
    while stack:
        key = stack.pop()
        if key not in group_of:
            group_of[key] = number
            stack.extend(backwards[key])


def ways_at_once(flow: Flow) -> Graph:
    """Return the ways that an enrollment may run through without any wait and without end.

    A delay, a task that is waited for, the time limit of a wait and the maximum of a go-to break a circle.
    """
    return {key: _existing(_at_once(step), flow) for key, step in flow.steps.items()}


def _at_once(step: Step) -> Iterator[str | None]:
    if step.delay.value:
        return
    match step:
        case TaskStep(waits=True, only_if=None):
            return
        case GoToStep(max_rounds=int()):
            yield from (step.next, *detours(step))
        case WaitForStep() if step.time_limit.value:
            yield from (step.next, *detours(step))
        case _:
            yield from ways_out(step)


def _existing(ways: Iterable[str | None], flow: Flow) -> list[str]:
    return [way for way in ways if way is not None and way in flow.steps]
