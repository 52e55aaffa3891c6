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
    "HouseReview",
    "Mail",
    "MailPreference",
    "NetworkReview",
    "ReviewState",
    "Rhythm",
    "open_state",
]
