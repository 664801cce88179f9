"""HTML and files of a mail: what no mail program takes, what leads nowhere, what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from drumbeat.core import attachments, markup
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent, EmailStep, Step
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.steps import Finding


def mail_findings(step: Step, known: LintFacts) -> Iterator[Finding]:
    """Yield what is wrong with the HTML and the files of a mail."""
    content = step.content if isinstance(step, EmailStep) else None
    if content is None:
        return
    for sentence in markup.refusals(content.html):
        yield "html_refused", "content.html", sentence
    for address in markup.relative_addresses(content.html) if content.html else ():
        text = f"{address} leads nowhere from a mail. Write it with https:// and the host."
        yield "address_relative", "content.html", text
    yield from _of_files(content, known)


def _of_files(content: EmailContent, known: LintFacts) -> Iterator[Finding]:
    if known.files is None or not content.attachments:
        return
    sizes = [known.files.get(ref.id) for ref in content.attachments]
    for ref, size in zip(content.attachments, sizes, strict=True):
        if size is None:
            yield "file_unknown", "content.attachments", f"There is no file {ref.name}. Attach it again."
    try:
        attachments.check_mail(size for size in sizes if size is not None)
    except DomainError as refusal:
        yield refusal.code, "content.attachments", refusal.message
