"""Writes the pages of `docs/reference/` that come from the code; tests hold them against it.

`python -m tools.reference` writes them anew.
"""

import json
import re
from collections.abc import Callable, Mapping

from drumbeat.core.conditions import OPERATORS, Operator
from drumbeat.core.conditions.bounds import DEEPEST, MOST_LISTED, MOST_RULES
from drumbeat.core.conditions.catalogue import FieldGroup, Offer, offers
from drumbeat.core.conditions.fields import OPERANDS, Operand
from drumbeat.core.conditions.operands import LONGEST_COMPARED
from drumbeat.core.document import document_schema
from drumbeat.core.lint import CODES
from drumbeat.core.merge_filters import MAX_ITEMS, MAX_TEXT
from drumbeat.core.merge_language import MAX_SOURCE, MAX_TAGS, merge_filter_names, merge_tag_names
from drumbeat.core.merge_tags import ALWAYS_FILLED, MERGE_TAGS
from drumbeat.core.sequence_file import file_schema
from tools.report import ROOT

FOLDER = ROOT / "docs/reference"


def flow_schema() -> str:
    return json.dumps(document_schema(), indent=2, ensure_ascii=False) + "\n"


def file_schema_text() -> str:
    return json.dumps(file_schema(), indent=2, ensure_ascii=False) + "\n"


def lint_page() -> str:
    rows = (
        f"| `{name}` | {code.severity} | {code.meaning} | {_cell(code.cure)} |"
        for name, code in sorted(CODES.items(), key=lambda entry: (entry[1].severity, entry[0]))
    )
    return LINT_HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"\{\{.*?\}\}", lambda tag: f"`{tag[0]}`".replace("|", "\\|"), text)


LINT_HEAD = """# What lint says

A flow is audited whenever it is saved and on demand. Errors block publishing, warnings do not.

| code | severity | what it means | what to do |
|---|---|---|---|
"""


def conditions_page() -> str:
    known = list(offers({}))
    rows = (f"| {kind} | {', '.join(map(_asked, operators))} |" for kind, operators in OPERATORS.items())
    return CONDITIONS_HEAD.format(
        fields="\n".join(_offered(each) for each in known if each.group in _OF_CONTACTS),
        messages="\n".join(_offered(each) for each in known if each.group is FieldGroup.MESSAGES),
        events="\n".join(_offered(each) for each in known if each.group is FieldGroup.EVENTS),
        operators="\n".join(rows),
        deepest=DEEPEST,
        most_rules=MOST_RULES,
        most_listed=MOST_LISTED,
        longest=LONGEST_COMPARED,
    )


_OF_CONTACTS = (FieldGroup.CONTACT, FieldGroup.MEMBERSHIP)


def _offered(offer: Offer) -> str:
    return f"| `{offer.name}` | {offer.label} | {offer.type} |"


def _asked(operator: Operator) -> str:
    return f"`{operator}`" + _OPERANDS[OPERANDS[operator]]


_OPERANDS = {
    Operand.NOTHING: "",
    Operand.ONE: " value",
    Operand.MANY: " list",
    Operand.PAIR: " [low, high]",
    Operand.DAYS: " days",
}
CONDITIONS_HEAD = """# Conditions

One form everywhere: branches, `only_if`, criteria, triggers, stop rules, segments. A group joins rules and
groups:

```json
{{
  "combinator": "or",
  "rules": [
    {{"field": "stage", "operator": "equals", "value": "lead"}},
    {{"negated": true, "rules": [{{"field": "event.opened", "operator": "happened", "step": "intro"}}]}}
  ]
}}
```

`combinator` is `and` (default) or `or`, `negated` turns the group round, an empty group holds. Groups nest
{deepest} deep; a condition has at most {most_rules} rules, and {most_listed} values in all its lists together.
[Why it answers as it does](../explanation/conditions.md) has examples.

## Fields

| field | means | type |
|---|---|---|
{fields}

Those of your workspace are called `custom.<key>` and have the type you gave them. `owner` is the address of
the member. `tag` and `list` are the names that a contact has. Segments are no field: a condition cannot name
one, so none can contain itself.

Events of messages. Inside a flow they mean messages of this enrollment, and `step` narrows them to one step;
outside they mean any message of the contact.

| field | means | type |
|---|---|---|
{messages}

Other events, of the contact:

| field | means | type |
|---|---|---|
{events}

`days` narrows an event to the last N days and today.

## Operators

| type | operators |
|---|---|
{operators}

## Rules

- A condition holds or it does not. A comparison with a missing value is false, `not_equals` too; only
  `is_empty` sees it. Blank text is missing. `tag` and `list` are never missing: who has no tags has not the
  tag `vip`.
- Text is compared on folded copies (Unicode NFKC, case folded, no blanks around it), by their first {longest}
  characters. Lists are compared as written.
- Nothing is converted. The type of the stored value decides, and a value of another type makes the rule
  false: the text "5" is not the number 5. A date is written as text, `2026-03-01`.
- Days are days of the contact's time zone, else of the workspace's. A moment such as `created_at` is compared
  by its day.
- `within_days` 7 is the last 7 days and today, `before_days` 7 what lies further back; -7 looks ahead.
"""


def merge_page() -> str:
    """The language of texts as its environment has it: nothing is listed that is not there."""
    tags = [name for name in sorted(merge_tag_names()) if name.isalpha()]
    own = "\n".join(f"| `{tag}` | {_filled(tag)} |" for tag in sorted(MERGE_TAGS))
    return MERGE_HEAD.format(
        own=own,
        tags=", ".join(f"`{name}`" for name in tags),
        filters=", ".join(f"`{name}`" for name in sorted(merge_filter_names())),
        source=f"{MAX_SOURCE:,}",
        most=f"{MAX_TAGS:,}",
        items=f"{MAX_ITEMS:,}",
        text=f"{MAX_TEXT:,}",
    )


def _filled(tag: str) -> str:
    return "always" if tag in ALWAYS_FILLED else "may be empty"


MERGE_HEAD = """# Merge tags

Texts of steps are [Liquid](https://shopify.github.io/liquid/). A value is data: it is never read as a
template, is escaped in HTML, and in subjects its control characters become spaces.

## What may be named

| tag | filled |
|---|---|
{own}

Fields of your own are `contact.custom.<key>`. What may be empty needs a fallback,
`{{{{ contact.first_name | default: "there" }}}}`, or a condition around it; publishing warns, and a mail that
would name an empty value does not leave.

## Tags

{tags}, and `{{% # comment %}}`. There is no `include` and no `render`: a text reads no other.

## Filters

{filters}. The moment of sending, in UTC, is written
`{{{{ "now" | date: "%d.%m." }}}}`.

## Limits

A text has at most {source} characters and {most} tags, a list {items} items, a value {text} characters;
loops get fewer rounds the more tags a text has. So no text takes longer than a quarter of a second. One that
cannot be read is refused where it is published, with its line; nothing is ever half written.
"""

PAGES: Mapping[str, Callable[[], str]] = {
    "flow-document.schema.json": flow_schema,
    "sequence-file.schema.json": file_schema_text,
    "lint.md": lint_page,
    "conditions.md": conditions_page,
    "merge-tags.md": merge_page,
}


def write() -> None:
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
