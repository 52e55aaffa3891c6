from editorial.models.link_check import LinkCheck, LinkReading, LinkRound, LinkUse, Problem
from editorial.models.mail import Mail, MailPreference, Rhythm
from editorial.models.review import (
    AlreadyDecided,
    Decision,
    HouseReview,
    NetworkReview,
    ReviewState,
    open_state,
)
from editorial.models.verification import Answer, Verification
from editorial.models.withdrawal import WithdrawnAddress

__all__ = [
    "AlreadyDecided",
    "Answer",
    "Decision",
    "HouseReview",
    "LinkCheck",
    "LinkReading",
    "LinkRound",
    "LinkUse",
    "Mail",
    "MailPreference",
    "NetworkReview",
    "Problem",
    "ReviewState",
    "Rhythm",
    "Verification",
    "WithdrawnAddress",
    "open_state",
]
