from editorial.views.mails import mail_preferences

__all__ = ["mail_preferences"]
