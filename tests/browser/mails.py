"""The mails that the site under test kept in files."""

import email
import email.policy
import re

SEPARATOR = "-" * 79  # between two mails of one file


def kept_mails(folder) -> list[str]:
    texts = [path.read_text() for path in sorted(folder.glob("*.log"))]
    return [part.strip() for text in texts for part in text.split(SEPARATOR) if part.strip()]


def read_mail(text: str) -> tuple[str, str]:
    """The address that a mail went to, and what it says."""
    message = email.message_from_string(text, policy=email.policy.default)
    return message["to"], message.get_body(["plain"]).get_content()


def link_in(text: str) -> str:
    """The path of the one thing to do that a mail offers."""
    return re.search(r"https?://[^/\s]+(/\S+)", text).group(1)
