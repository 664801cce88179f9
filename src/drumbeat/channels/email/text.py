"""The two forms of a text, where senders of mail look for them; they live in `core.mail_text`."""

from drumbeat.core.mail_text import html_from_text, text_from_html

__all__ = ["html_from_text", "text_from_html"]
