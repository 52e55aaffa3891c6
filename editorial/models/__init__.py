from editorial.models.invitations import Invitation
from editorial.models.mail import Mail, MailPreference, Rhythm

__all__ = ["Invitation", "Mail", "MailPreference", "Rhythm"]
