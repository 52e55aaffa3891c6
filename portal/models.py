from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page, PageManager, PageViewRestriction, WorkflowMixin
from wagtail.query import PageQuerySet

from portal import drafts, publication
from portal.documents import Obstacle, obstacles_of
from portal.permissions import ReviewedPagePermissionTester
from portal.visibility import audience_of, publicly_visible, visible_page
from search.models import SearchDocument


class User(AbstractUser):
    """A person who can log in. The address serves to log in and to write to, so it is unique."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_unique_email",
                violation_error_message=_("Somebody already has an account with this address."),
            )
        ]


class Picture(AbstractImage):
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made this picture, as it should be written beneath it."),
    )

    shows_people = models.BooleanField(
        _("people can be recognised on it"),
        default=False,
        help_text=_(
            "Tick it as soon as somebody could say who they are: each article that shows the picture then "
            "asks whether they agree."
        ),
    )

    admin_form_fields = (
        *("title", "file", "description", "credit", "shows_people"),
        *("collection", "tags"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", "Can choose picture")]


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_unique"
            )
        ]


class Attachment(AbstractDocument):
    """A file to download; what keeps people from reading it is looked for each time the file changes."""

    readable_by_all = models.BooleanField(
        _("everybody can read it"),
        default=False,
        help_text=_(
            "Tick it once you have checked: its headings are styles, its pictures are described, its tables have "
            "headers, and it makes sense when it is read aloud. Until then, readers are offered another form."
        ),
    )
    obstacles = models.JSONField(default=list, editable=False)

    admin_form_fields = ("title", "file", "readable_by_all", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_attachment", "Can choose document")]

    @property
    def is_accessible(self) -> bool:
        """Whether its house answers for it, and nothing was found that says otherwise."""
        return self.readable_by_all and not self.obstacles

    @property
    def advice(self) -> list[str]:
        """How to mend what keeps people from reading it."""
        return [str(Obstacle(name).label) for name in self.obstacles]

    def _set_document_file_metadata(self):
        """Wagtail calls it wherever a file is added or changed, and twice in some places."""
        known = self.file_hash
        super()._set_document_file_metadata()
        if self.file_hash != known:
            with self.open_file() as file:
                self.obstacles = obstacles_of(file.read(), self.file_extension)
            self.file.seek(0)


class PublicPageQuerySet(PageQuerySet):
    def to_serve(self):
        """With what the page itself shows, read at once."""
        return self

    def published(self, **conditions):
        """Pages that anybody may see: live, and neither they nor a section above are restricted.

        `conditions` are others that they must meet: ``locale=…`` for those of one language.
        """
        return self.filter(visible_page("pk", **conditions))

    def published_among(self, *pks):
        """Those of these few pages, in no order: what is read of each anyway tells it sooner."""
        return self.filter(publicly_visible(), id__in=pks).order_by()


class BasePage(Page):
    """What every page type of the portal extends: sharing picture, way back, description."""

    social_image = models.ForeignKey(
        "portal.Picture",
        verbose_name=_("sharing picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared; the page's own picture serves otherwise."),
    )

    # The admin's search reads a page once its relations are saved too (portal.publication).
    search_auto_update = False

    # What the search calls this type of page; empty where it is not to be found.
    search_kind = ""
    # What visitors call several of them.
    search_name = ""

    # Set where the page was found by its address and nothing on the way restricts it.
    is_known_public = False

    objects = PageManager.from_queryset(PublicPageQuerySet)()

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("For search engines"),
        ),
        MultiFieldPanel([FieldPanel("social_image")], _("When shared")),
    ]

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        """Save the page and, in the same transaction, what visitors may find of it."""
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            if publication.may_change(update_fields):
                # What is in memory beside the fields saved may be a draft.
                whole = self if update_fields is None else type(self).objects.get(pk=self.pk)
                publication.project(whole)
            publication.find_in_admin(self)

    def search_document(self) -> SearchDocument | None:
        """Return what may be found of this page, None where it is to be found by nobody.

        Page types add to it: the text as `body`, the values of `facets`, a date, a picture.
        """
        who = audience_of(self)
        if not self.search_kind or who is None:
            return None
        document = SearchDocument(
            id=self.pk,
            kind=self.search_kind,
            language=self.locale.language_code,
            audience=who,
            url=self.url or "",
            title=self.title,
            summary=getattr(self, "summary", ""),
            facets={"kind": [self.search_kind], "language": [self.locale.language_code]},
        )
        document.body = ""
        return document

    def get_lock(self):
        """A review locks nobody out, and is not asked about: a list would take a few queries a page."""
        return super(WorkflowMixin, self).get_lock()

    def permissions_for_user(self, user):
        return ReviewedPagePermissionTester(user, self)

    def get_admin_display_title(self):
        if drafts.is_hidden(self):
            return self.title if self.live else gettext("A draft")
        return super().get_admin_display_title()

    def get_url_parts(self, request=None):
        # The address of a draft is made from its title.
        if not self.live and drafts.is_hidden(self):
            return None
        return super().get_url_parts(request)

    def get_view_restrictions(self):
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The pages above this one, home first, without the root that nobody sees."""
        steps = range(2 * self.steplen, len(self.path), self.steplen)
        paths = [self.path[:step] for step in steps]
        return list(Page.objects.filter(path__in=paths).order_by("path")) if paths else []

    @property
    def sharing_picture(self) -> Picture | None:
        return self.social_image or getattr(self, "picture", None)

    @property
    def description(self) -> str:
        """One sentence for search engines and sharing."""
        return self.search_description or getattr(self, "summary", "")

    def structured_data(self, request) -> list[dict]:
        """Return the schema.org objects that say what this page is, beside its breadcrumbs."""
        return []
