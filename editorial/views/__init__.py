from editorial.views.mails import mail_preferences
from editorial.views.review import review_page

__all__ = ["mail_preferences", "review_page"]
