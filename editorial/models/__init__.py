from editorial.models.invitations import Invitation
from editorial.models.links import Duration, LinkState, ReviewAnswer, ReviewLink, Verdict
from editorial.models.mail import Mail, MailPreference, Rhythm
from editorial.models.review import (
    AlreadyDecided,
    Decision,
    HouseReview,
    NetworkReview,
    ReviewState,
    open_state,
)

__all__ = [
    "AlreadyDecided",
    "Decision",
    "Duration",
    "HouseReview",
    "Invitation",
    "LinkState",
    "Mail",
    "MailPreference",
    "NetworkReview",
    "ReviewAnswer",
    "ReviewLink",
    "ReviewState",
    "Rhythm",
    "Verdict",
    "open_state",
]
