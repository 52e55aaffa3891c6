from editorial.models.mail import Mail, MailPreference, Rhythm

__all__ = ["Mail", "MailPreference", "Rhythm"]
