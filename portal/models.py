from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from portal.visibility import visible_page


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

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags")

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


class PublicPageQuerySet(PageQuerySet):
    def to_serve(self):
        """With what the page itself shows, read at once."""
        return self

    def published(self):
        """Pages that anybody may see: live, and neither they nor a section above are restricted."""
        return self.filter(visible_page("pk"))


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
