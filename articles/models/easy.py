"""An article told again so that everybody understands it: «facile à lire et à comprendre»."""

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from articles.blocks import plain_text
from articles.easy_blocks import EasyBodyBlock
from houses.models import House, HousePage
from portal.models import BasePage, Picture, PublicPageQuerySet

# The end of its address in each language.
SLUGS = {"fr": "facile-a-lire"}
OTHER_SLUG = "easy-to-read"


class EasyArticlePageQuerySet(PublicPageQuerySet):
    def to_serve(self):
        return self.select_related("picture")


class EasyArticlePage(BasePage):
    """The easy version of the article right above it. It is public only while the article is."""

    picture = models.ForeignKey(
        "portal.Picture",
        verbose_name=_("main picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture that helps to understand what it is about."),
    )
    picture_alt = models.CharField(
        _("what the main picture shows"),
        max_length=255,
        blank=True,
        help_text=_("For those who do not see it, in simple words."),
    )
    body = StreamField(
        EasyBodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_(
            "Short sentences, one idea a line, words that everybody knows. Have it read by people for whom it is made."
        ),
    )

    returns_as = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("version that goes online again with the article"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # The first lines say what it is about.
    summary = ""

    objects = PageManager.from_queryset(EasyArticlePageQuerySet)()

    parent_page_types = ["articles.ArticlePage"]
    subpage_types = []
    max_count_per_parent = 1
    exclude_fields_in_copy = ["returns_as"]

    search_kind, search_name = "easy", _("Easy to read")

    content_panels = [
        FieldPanel("title", help_text=_("What it is about, in a few simple words.")),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Main picture")),
        FieldPanel("body"),
    ]
    promote_panels = [FieldPanel("search_description"), FieldPanel("social_image")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("easy version")
        verbose_name_plural = _("easy versions")

    def full_clean(self, *args, **kwargs):
        self.slug = SLUGS.get(self.locale.language_code, OTHER_SLUG)
        super().full_clean(*args, **kwargs)

    @property
    def section(self) -> Page:
        """The page of the article."""
        return self.breadcrumbs[-1]

    @property
    def house(self) -> House:
        path = self.path[: -2 * self.steplen]
        return HousePage.objects.select_related("house").get(path=path).house

    @property
    def waits_for_article(self) -> bool:
        """Whether the article is not public, without which its easy version is not either."""
        return not self.get_parent().live

    def pictures(self) -> list[Picture]:
        """The pictures shown, the main one and those of the text."""
        in_text = [block.value["image"] for block in self.body if block.block_type == "picture"]
        return [picture for picture in [self.picture, *in_text] if picture]

    def search_document(self):
        document = super().search_document()
        if document is None or self.waits_for_article:
            return None
        house = self.house
        document.body = plain_text(self.body)
        document.facets["house"] = [house.slug]
        document.facets["department"] = list(filter(None, [house.department]))
        return document

    def serve(self, request, *args, **kwargs):
        if not self.section.live:
            raise Http404
        return super().serve(request, *args, **kwargs)


def take_offline_with_article(instance, **kwargs) -> None:
    """An article was unpublished, whoever or whatever did it: its easy version goes with it."""
    for page in EasyArticlePage.objects.child_of(instance).live():
        page.returns_as = page.live_revision
        page.unpublish()


def put_online_with_article(instance, **kwargs) -> None:
    """An article was published: the easy version that went offline with it is public again, as it was."""
    if not instance.numchild:
        return
    for page in EasyArticlePage.objects.child_of(instance).exclude(returns_as=None):
        # A version published keeps no other in mind: this one was not to return when it was written.
        page.returns_as.publish(skip_permission_checks=True)
