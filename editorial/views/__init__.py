from editorial.views.invitations import invitation
from editorial.views.mails import mail_preferences
from editorial.views.review import review_page

__all__ = ["invitation", "mail_preferences", "review_page"]
