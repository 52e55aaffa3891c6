"""Signed tokens that stand for a person in an address: what they allow is small, and cannot be made by others."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.core import signing

UNSUBSCRIBE = "editorial.unsubscribe"
READING = "editorial.reading"


def unsubscribe_token(user) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE)


def unsubscribing_user(token: str):
    """The person who may choose by `token` how they are written to, None where it is not one of ours."""
    try:
        pk = signing.loads(token, salt=UNSUBSCRIBE)
    except signing.BadSignature:
        return None
    return get_user_model().objects.filter(pk=pk).first()


def reading_token(link_pk: UUID) -> str:
    return signing.Signer(salt=READING).sign(link_pk.hex)


def read_link_pk(token: str) -> UUID | None:
    """The key of the link that `token` opens, None where it is not one of ours; nothing is asked of the database."""
    try:
        return UUID(signing.Signer(salt=READING).unsign(token))
    except signing.BadSignature:
        return None
