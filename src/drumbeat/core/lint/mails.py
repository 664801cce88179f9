"""HTML and files of a mail: what no mail program takes, what leads nowhere, what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from drumbeat.core import attachments, markup, mjml
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent, EmailStep, Step
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import say
from drumbeat.core.lint.steps import Finding
from drumbeat.core.merge_language import MergeError, parse


def mail_findings(step: Step, known: LintFacts) -> Iterator[Finding]:
    """Yield what is wrong with the HTML and the files of a mail."""
    content = step.content if isinstance(step, EmailStep) else None
    if content is None:
        return
    if content.mjml:
        yield from _of_mjml(content)
    elif _is_readable(content.html):
        yield from _of_page(content.html, "content.html")
    yield from _of_files(content, known)


def _is_readable(source: str) -> bool:
    """Tell whether it is Liquid. Where it is not, that is said already, and where its tags end nobody knows."""
    try:
        parse(source, html=True)
    except MergeError:
        return False
    return True


def _of_mjml(content: EmailContent) -> Iterator[Finding]:
    if content.html.strip():
        yield "mjml_beside_html", "content.mjml", say("html_and_mjml")
    if not _is_readable(content.mjml):
        return
    try:
        page = mjml.outlined(content.mjml)
    except mjml.MjmlError as fault:
        yield "mjml_invalid", "content.mjml", say("mjml_wrong", detail=fault.message)
    else:
        yield from _of_page(page, "content.mjml")


def _of_page(page: str, path: str) -> Iterator[Finding]:
    for sentence in markup.refusals(page):
        yield "html_refused", path, say("html_refused", detail=sentence)
    for address in markup.relative_addresses(page) if page else ():
        yield "address_relative", path, say("relative_address", address=address)


def _of_files(content: EmailContent, known: LintFacts) -> Iterator[Finding]:
    if known.files is None or not content.attachments:
        return
    sizes = [known.files.get(ref.id) for ref in content.attachments]
    for ref, size in zip(content.attachments, sizes, strict=True):
        if size is None:
            yield "file_unknown", "content.attachments", say("no_such_file", file=ref.name)
    try:
        attachments.check_mail(size for size in sizes if size is not None)
    except DomainError as refusal:
        yield refusal.code, "content.attachments", say("too_much_attached", detail=refusal.message)
