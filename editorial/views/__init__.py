from editorial.views.invitations import invitation
from editorial.views.mails import mail_preferences

__all__ = ["invitation", "mail_preferences"]
