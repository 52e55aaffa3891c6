from editorial.models.links import Duration, LinkState, ReviewAnswer, ReviewLink, Verdict
from editorial.models.mail import Mail, MailPreference, Rhythm

__all__ = [
    "Duration",
    "LinkState",
    "Mail",
    "MailPreference",
    "ReviewAnswer",
    "ReviewLink",
    "Rhythm",
    "Verdict",
]
