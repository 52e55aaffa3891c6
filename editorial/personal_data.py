"""What the editorial work keeps about people, how long, and what becomes of it."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import audit
from editorial.consents.taking_out import erase as erase_consents
from editorial.models import Consent, Invitation, Mail, MailPreference, ReviewAnswer, ReviewLink
from portal.personal_data import YEAR, Basis, Person, PersonalData, Rows


def declare() -> list[PersonalData]:
    return [mails(), invitations(), readers(), reviews(), consents()]


def mails() -> PersonalData:
    return PersonalData(
        name=_("Messages sent by e-mail"),
        facts=_("address, subject, text, when it was sent; how often the person wants them"),
        people=_("people with an account, readers, people invited"),
        purpose=_("to tell people of what waits for them, and to know what was sent"),
        basis=Basis.SERVICE,
        readers=_("the administrators"),
        days=396,
        kept=_("long enough to compare a year with the one before"),
        erased=_("deleted"),
        rows=(
            Rows("editorial.Mail", ("user", "address"), ("address", "subject", "sent_at")),
            Rows("editorial.MailPreference", ("user",), ("rhythm",)),
        ),
        outdated=lambda before: Mail.objects.filter(created_at__lt=before),
        erase=delete_mails,
    )


def delete_mails(person: Person, by) -> None:
    Rows("editorial.Mail", ("user", "address")).about(person).order_by().delete()
    MailPreference.objects.filter(user=person.account).delete()


def invitations() -> PersonalData:
    return PersonalData(
        name=_("Invitations"),
        facts=_("first name, last name, e-mail, role offered, who invited"),
        people=_("people invited to join a house"),
        purpose=_("to have them join their house"),
        basis=Basis.SERVICE,
        readers=_("the leads of the house, the network editors, the administrators"),
        days=180,
        kept=_("long enough to answer who asks what became of it"),
        erased=_("deleted"),
        rows=(
            Rows(
                "editorial.Invitation",
                ("email", "invited_by"),
                ("email", "first_name", "last_name", "house", "role", "sent_at"),
            ),
        ),
        outdated=lambda before: Invitation.objects.filter(sent_at__lt=before),
        erase=delete_invitations,
    )


def delete_invitations(person: Person, by) -> None:
    if person.email:
        Invitation.objects.filter(email__iexact=person.email).delete()


def readers() -> PersonalData:
    return PersonalData(
        name=_("Readers of a draft"),
        facts=_("name, e-mail, message that went with the link, what they answered"),
        people=_("people without an account who were sent a link to read an article"),
        purpose=_("to have an article read by those it is about before it is published"),
        basis=Basis.CONSENT,
        readers=_("those who may edit the article"),
        days=396,
        kept=_(
            "for the e-mail and the message; the name and the answer stay with the article: they are the proof of what was agreed"
        ),
        erased=_("name, e-mail and message deleted; the answer stays without a name"),
        rows=(
            Rows(
                "editorial.ReviewLink",
                ("email", "name", "created_by"),
                ("page", "name", "email", "message", "created_at"),
            ),
            Rows(
                "editorial.ReviewAnswer",
                ("link__email", "name"),
                ("name", "verdict", "comment", "answered_at"),
            ),
        ),
        outdated=lambda before: ReviewLink.objects.filter(expires_at__lt=before).exclude(email=""),
        forget=lambda links: links.update(email="", message=""),
        erase=forget_reader,
    )


def forget_reader(person: Person, by) -> None:
    """The answer stays, the one who gave it is nobody; a link still open no longer opens."""
    links = Rows("editorial.ReviewLink", ("email", "name")).about(person).order_by()
    named = Rows("editorial.ReviewAnswer", ("name",)).about(person).order_by()
    ReviewAnswer.objects.filter(Q(link__in=links) | Q(pk__in=named)).update(name=audit.UNNAMED)
    keys = list(links.values_list("pk", flat=True))
    links = ReviewLink.objects.filter(pk__in=keys)
    links.filter(revoked_at=None).update(revoked_at=timezone.now())
    links.update(name=audit.UNNAMED, email="", message="")


def reviews() -> PersonalData:
    return PersonalData(
        name=_("Reviews and verifications"),
        facts=_("who wrote, reviewed, approved or confirmed a text, and when"),
        people=_("people with an account"),
        purpose=_("that nobody approves their own text, and that decisions can be explained"),
        basis=Basis.INTEREST,
        readers=_("those who may edit the article"),
        kept=_("as long as the article"),
        erased=_("kept, with an account that has no name any more"),
        rows=(
            Rows("editorial.ReviewState", ("writer", "base_writer"), ("page", "started_at")),
            Rows("editorial.Verification", ("by",), ("page", "answer", "answered_at")),
        ),
    )


def consents() -> PersonalData:
    return PersonalData(
        name=_("Consents"),
        facts=_("name, role, what they agreed to, signed document, note"),
        people=_("people quoted or shown in an article"),
        purpose=_("to prove that they agreed to appear"),
        basis=Basis.CONSENT,
        readers=_("those who may edit the article"),
        days=5 * YEAR,
        kept=_("from the end of the agreement on: the time in which it can be contested"),
        erased=_(
            "name, role, note and signed document deleted; that somebody had agreed stays known"
        ),
        rows=(
            Rows(
                "editorial.Consent",
                ("person", "recorded_by"),
                ("person", "page", "agreed_to", "given_on", "until", "withdrawn_on"),
            ),
        ),
        outdated=ended_consents,
        forget=lambda ended: erase_consents(ended, user=None, with_passages=False),
        erase=forget_consents,
    )


def ended_consents(before) -> QuerySet:
    day = timezone.localdate(before)
    ended = Consent.objects.filter(Q(withdrawn_on__lt=day) | Q(until__lt=day))
    return ended.filter(erased_on=None).select_related("page")


def forget_consents(person: Person, by) -> None:
    """The register alone: to take the passages out of the articles is decided one by one, in the register."""
    mine = Consent.objects.of_person(person.name) if person.name else Consent.objects.none()
    erase_consents(mine.select_related("page"), user=by, with_passages=False)


def log() -> list[PersonalData]:
    """Declared after all the others, of which it tells."""
    entry = ("timestamp", "action", "label")
    return [
        PersonalData(
            name=_("Logging in"),
            facts=_("who logged in, tried to or logged out, and when; no network address"),
            people=_("people with an account, and whoever tries a name"),
            purpose=_("to notice that somebody uses an account that is not theirs"),
            basis=Basis.INTEREST,
            readers=_("the network editors and the administrators"),
            days=YEAR,
            kept=_("long enough to find out what happened"),
            erased=_("kept, without the name"),
            rows=(Rows("wagtailcore.ModelLogEntry", ("user",), entry),),
            outdated=audit.logins_before,
            forget=audit.drop,
            erase=audit.forget_person,
        ),
        PersonalData(
            name=_("Log of changes"),
            facts=_("who did what and when"),
            people=_("people with an account, readers of a draft"),
            purpose=_("that each change of a text or of a right can be explained"),
            basis=Basis.INTEREST,
            readers=_("the leads for their house, the network editors, the administrators"),
            kept=_("as long as the site: an entry is neither changed nor deleted"),
            erased=_("kept, without the name"),
            rows=(Rows("wagtailcore.PageLogEntry", ("user",), entry),),
        ),
    ]
