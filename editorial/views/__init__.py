from editorial.views.invitations import invitation
from editorial.views.links import readers, resend_link, revoke_link
from editorial.views.mails import mail_preferences
from editorial.views.reading import read, read_page
from editorial.views.review import review_page

__all__ = [
    "invitation",
    "mail_preferences",
    "read",
    "read_page",
    "readers",
    "resend_link",
    "review_page",
    "revoke_link",
]
