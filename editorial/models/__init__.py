from editorial.models.consents import Consent, State
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
    "Consent",
    "Decision",
    "HouseReview",
    "Mail",
    "MailPreference",
    "NetworkReview",
    "ReviewState",
    "Rhythm",
    "State",
    "open_state",
]
