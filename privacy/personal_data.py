"""What Django, Wagtail and the search keep about people, for whom no app of ours above them can speak."""

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from portal.personal_data import YEAR, Basis, Person, PersonalData, Rows
from privacy import erasure
from search import statistics


def accounts() -> list[PersonalData]:
    return [
        PersonalData(
            name=_("Accounts"),
            facts=_("user name, first and last name, e-mail, picture, language, last login"),
            people=_("people who write, review or publish"),
            purpose=_("to let people in and know who writes"),
            basis=Basis.SERVICE,
            readers=_("their house, the network editors, the administrators"),
            days=3 * YEAR,
            kept=_("from the last login on; accounts of administrators stay"),
            erased=_("closed, without any name; what the person wrote stays with the house"),
            rows=(
                Rows(
                    "portal.User",
                    ("pk", "email"),
                    ("username", "first_name", "last_name", "email", "date_joined", "last_login"),
                ),
                Rows("wagtailusers.UserProfile", ("user",), ("preferred_language", "avatar")),
            ),
            outdated=unused_accounts,
            forget=erasure.erase_accounts,
            erase=close_account,
        ),
    ]


def unused_accounts(before):
    """Those that nobody has entered since, and that were not forgotten yet."""
    last = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    open_to_people = get_user_model().objects.filter(is_superuser=False)
    return open_to_people.filter(last).exclude(username__startswith=erasure.ERASED)


def close_account(person: Person, by) -> None:
    """Take the name off the account, which stays for what it wrote, and let nobody in by it."""
    account = person.account
    if account is None:
        return
    for profile in UserProfile.objects.filter(user=account):
        profile.avatar.delete(save=False)
        profile.delete()
    account.username = f"{erasure.ERASED}-{account.pk}"
    account.first_name = account.last_name = account.email = ""
    account.is_active = account.is_superuser = account.is_staff = False
    account.set_unusable_password()  # which ends the sessions too
    account.save()
    account.groups.clear()
    account.user_permissions.clear()


def others() -> list[PersonalData]:
    return [sessions(), texts(), searches()]


def sessions() -> PersonalData:
    return PersonalData(
        name=_("Login sessions"),
        facts=_("that a browser is logged in to an account, forms being filled in"),
        people=_("people with an account"),
        purpose=_("to know the person from one page to the next"),
        basis=Basis.SERVICE,
        readers=_("nobody"),
        kept=_("until the person logs out, two weeks at most"),
        erased=_("ended"),
        rows=(
            Rows("wagtailadmin.EditingSession", ("user",), ("last_seen_at",)),
            Rows("wagtailadmin.FormState", ("user",), ("last_updated_at",)),
            Rows("wagtailcore.APIToken", ("user",), ("name", "created", "last_used_at")),
            Rows("wagtailcore.UploadedFile", ("uploaded_by_user",), ("file",)),
        ),
        outdated=lambda before: Session.objects.filter(expire_date__lt=before),
        erase=end_sessions,
    )


def end_sessions(person: Person, by) -> None:
    if person.account:
        for model in (EditingSession, FormState, APIToken):
            model.objects.filter(user=person.account).delete()
        UploadedFile.objects.filter(uploaded_by_user=person.account).delete()


def texts() -> PersonalData:
    """The versions, comments and files of an account; its rows by the model are Wagtail's own."""
    return PersonalData(
        name=_("Texts, comments and files"),
        facts=_("what the person wrote, commented, sent for review or uploaded, and when"),
        people=_("people with an account"),
        purpose=_("to publish what the houses tell, and to keep track of corrections"),
        basis=Basis.INTEREST,
        readers=_("everybody for what is published, those who may edit it for the rest"),
        kept=_("as long as the article"),
        erased=_("kept under the name of the house, with an account that has no name any more"),
        rows=(
            Rows("wagtailcore.Page", ("owner", "locked_by"), ("title", "first_published_at")),
            Rows("wagtailcore.Revision", ("user",), ("object_str", "created_at")),
            Rows("wagtailcore.Comment", ("user", "resolved_by"), ("page", "text", "created_at")),
            Rows("wagtailcore.CommentReply", ("user",), ("text", "created_at")),
            Rows("wagtailcore.PageSubscription", ("user",), ("page",)),
            Rows("wagtailcore.WorkflowState", ("requested_by",), ("created_at",)),
            Rows("wagtailcore.TaskState", ("finished_by",), ("started_at", "finished_at")),
            Rows("portal.Picture", ("uploaded_by_user",), ("title", "created_at")),
            Rows("wagtailimages.Image", ("uploaded_by_user",), ("title", "created_at")),
            Rows("portal.Attachment", ("uploaded_by_user",), ("title", "created_at")),
            Rows("wagtaildocs.Document", ("uploaded_by_user",), ("title", "created_at")),
            Rows("wagtail_localize.StringTranslation", ("last_translated_by",), ("data",)),
            Rows("wagtail_localize.SegmentOverride", ("last_translated_by",), ("updated_at",)),
        ),
        erase=stop_following,
    )


def stop_following(person: Person, by) -> None:
    if person.account:
        PageSubscription.objects.filter(user=person.account).delete()


def searches() -> PersonalData:
    return PersonalData(
        name=_("What is searched"),
        facts=_("the words searched, counted by day; nothing that looks like a name or a number"),
        people=_("nobody: what is counted cannot be traced back to a person"),
        purpose=_("to know what is looked for and not found"),
        basis=Basis.INTEREST,
        readers=_("the network editors and the administrators"),
        days=statistics.KEPT.days,
        kept=_("long enough to compare a year with the one before"),
        erased=_("nothing to erase: it is about nobody"),
        rows=(),
        outdated=statistics.counted_before,
    )
