from editorial.models.consents import Consent, State
from editorial.models.invitations import Invitation
from editorial.models.link_check import LinkCheck, LinkReading, LinkRound, LinkUse, Problem
from editorial.models.links import Duration, LinkState, ReviewAnswer, ReviewLink, Verdict
from editorial.models.log import LogOpening
from editorial.models.mail import Mail, MailPreference, Rhythm
from editorial.models.review import (
    AlreadyDecided,
    Decision,
    HouseReview,
    NetworkReview,
    NotPublishable,
    ReviewState,
    last_state,
    open_state,
    waiting_for,
)
from editorial.models.verification import Answer, Verification
from editorial.models.withdrawal import WithdrawnAddress

__all__ = [
    "AlreadyDecided",
    "Answer",
    "Consent",
    "Decision",
    "Duration",
    "HouseReview",
    "Invitation",
    "LinkCheck",
    "LinkReading",
    "LinkRound",
    "LinkState",
    "LinkUse",
    "LogOpening",
    "Mail",
    "MailPreference",
    "NetworkReview",
    "NotPublishable",
    "Problem",
    "ReviewAnswer",
    "ReviewLink",
    "ReviewState",
    "Rhythm",
    "State",
    "Verdict",
    "Verification",
    "WithdrawnAddress",
    "last_state",
    "open_state",
    "waiting_for",
]
