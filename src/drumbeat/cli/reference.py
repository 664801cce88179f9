"""The reference page of the command line, written from the parsers themselves.

`python -m drumbeat.cli.reference > docs/reference/cli.md` writes it anew; a test holds the page against this.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from drumbeat.cli.entry import COMMANDS, start_django

_HEAD = """# The command line

`drumbeat COMMAND …` acts as the owner of a workspace. Everywhere:

- `--json` prints exact JSON on standard output and nothing else.
- `--workspace NAME|ID` chooses the workspace; without it the first one is meant.

A DELAY is a whole number and a unit: `m` minutes, `h` hours, `d` days, `wd` weekdays, `w` weeks.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | refused, the message is on standard error; `--json` prints `{"error": {"code", "message", "fields"}}` |
| 2 | wrong usage |
| 3 | another worker serves this SQLite database, or the port is in use |

`doctor` and `sequence check` answer as usual and exit with 1 when they found errors; `enrollment pause`,
`resume`, `stop`, `approve`, `reject` and `resolve` exit with 1 when one of the enrollments was left as it is,
`enroll` when the sequence takes nobody.
"""


def markdown() -> str:
    """Return the page."""
    parts = [_HEAD]
    for name, command in COMMANDS.items():
        parser = argparse.ArgumentParser(prog=f"drumbeat {name}", add_help=False)
        import_module(command.module).arguments(parser)
        parts.append(f"## {name}\n\n{_sentence(command.help)}\n")
        parts += _described(parser)
    return "\n".join(parts)


def _described(parser: argparse.ArgumentParser) -> Iterator[str]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield from _leaf(parser)
        return
    if any(map(_is_shown, parser._actions)):  # options that stand before every verb
        yield from _leaf(parser)
    for group in groups:
        texts = {choice.dest: choice.help or "" for choice in group._choices_actions}
        for name, verb in group.choices.items():
            yield f"### {parser.prog.removeprefix('drumbeat ')} {name}\n\n{_sentence(texts.get(name, ''))}\n"
            yield from _leaf(verb)


def _leaf(parser: argparse.ArgumentParser) -> Iterator[str]:
    shown = [action for action in parser._actions if _is_shown(action)]
    verb = ["VERB …"] if any(isinstance(a, argparse._SubParsersAction) for a in parser._actions) else []
    words = " ".join([parser.prog, *map(_usage, shown), *verb])
    yield f"```sh\n{words}\n```\n"
    rows = [f"| `{_cell(_name(a))}` | {_cell(_meaning(a))} |" for a in shown if a.help]
    if rows:
        yield "| argument | meaning |\n|---|---|\n" + "\n".join(rows) + "\n"


def _is_shown(action: argparse.Action) -> bool:
    return (
        action.dest != "help"
        and action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._SubParsersAction)
    )


def _usage(action: argparse.Action) -> str:
    name = _name(action)
    many = {"+": f"{name} …", "*": f"[{name} …]", "?": f"[{name}]"}
    if not action.option_strings:
        return many.get(str(action.nargs), name)
    return name if action.required else f"[{name}]"


def _name(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else None
    value = metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    if not action.option_strings:
        return value
    takes_value = action.nargs != 0
    more = " …" if action.nargs == "+" else ""
    return f"{action.option_strings[-1]} {value}{more}" if takes_value else action.option_strings[-1]


def _meaning(action: argparse.Action) -> str:
    return (action.help or "").replace("%(default)s", str(action.default))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


if __name__ == "__main__":
    start_django(pooled=False)
    print(markdown(), end="")
