from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import ObjectList, PageChooserPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from articles.blocks import BodyBlock, ContactBlock, LinkBlock
from articles.models.terms import Category, Tag, Typology
from articles.panels import CLASSIFICATION_PANELS, CONTENT_PANELS, PEOPLE_PANELS, WHERE_AND_WHEN_PANELS
from houses.departments import DEPARTMENT_CHOICES, department_name
from houses.models import House, HousePage
from portal.models import BasePage, Picture, PublicPageQuerySet


class ArticlePageQuerySet(PublicPageQuerySet):
    def newest_first(self):
        """By the date readers see; articles without one come last, latest put online first."""
        return self.order_by(
            F("published_on").desc(nulls_last=True), F("first_published_at").desc(nulls_last=True), "-pk"
        )

    def of_house(self, *slugs):
        """Articles for which one of these houses is responsible, or a partner."""
        paths = HousePage.objects.filter(house__slug__in=slugs).values_list("path", flat=True)
        below = Q()
        for path in paths:
            below |= Q(path__startswith=path)
        return self.filter(below | Q(pk__in=self.model.objects.filter(partner_houses__slug__in=slugs)))

    def in_category(self, *slugs):
        return self.filter(pk__in=self.model.objects.filter(categories__slug__in=slugs))

    def of_typology(self, *slugs):
        return self.filter(pk__in=self.model.objects.filter(typologies__slug__in=slugs))

    def tagged(self, *slugs):
        return self.filter(pk__in=self.model.objects.filter(tagged_items__tag__slug__in=slugs))

    def of_year(self, *years):
        return self.filter(published_on__year__in=years)

    def mentioning(self, word):
        """Articles with `word` in their title or summary."""
        return self.filter(Q(title__icontains=word) | Q(summary__icontains=word))

    def for_cards(self):
        """With what a card shows, the house apart (`with_house_pages`)."""
        return self.defer_streamfields().prefetch_related(
            "typologies", Prefetch("picture", Picture.objects.prefetch_renditions())
        )


def with_house_pages(articles) -> list["ArticlePage"]:
    """Return `articles` as a list, the page of the house of each read in one query."""
    articles = list(articles)
    house_pages = {page.path: page for page in HousePage.objects.above(articles)}
    for article in articles:
        article.house_page = house_pages[article.path[: -article.steplen]]
    return articles


class ArticlePage(BasePage):
    """What a house tried, told so that another can do it too."""

    summary = models.TextField(
        _("in brief"),
        max_length=600,
        blank=True,
        help_text=_("Two sentences that make one want to read on; they are shown in every list."),
    )
    picture = models.ForeignKey(
        "portal.Picture",
        verbose_name=_("main picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top and in lists. Without one, the emblem of your house is shown."),
    )
    picture_alt = models.CharField(
        _("what the main picture shows"),
        max_length=255,
        blank=True,
        help_text=_("For those who do not see it. Leave empty only if the picture says nothing that the text does not."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    event = models.CharField(
        _("told at"),
        max_length=255,
        blank=True,
        help_text=_("The meeting, workshop or day where this was told, if there was one."),
    )
    event_place = models.CharField(_("where it took place"), max_length=255, blank=True)
    event_date = models.DateField(_("when it took place"), null=True, blank=True)
    speaker = models.CharField(_("told by"), max_length=255, blank=True)
    speaker_role = models.CharField(_("in which capacity"), max_length=255, blank=True)
    commune = models.CharField(
        _("commune"), max_length=100, blank=True, help_text=_("Where the practice was tried.")
    )
    department = models.CharField(_("department"), max_length=3, choices=DEPARTMENT_CHOICES, blank=True)
    published_on = models.DateField(
        _("date of publication"),
        null=True,
        blank=True,
        help_text=_("The date readers see. Left empty, no date is shown."),
    )

    categories = ParentalManyToManyField(
        Category, verbose_name=_("categories"), blank=True, related_name="articles"
    )
    typologies = ParentalManyToManyField(
        Typology, verbose_name=_("typologies"), blank=True, related_name="articles"
    )
    partner_houses = ParentalManyToManyField(
        House,
        verbose_name=_("partner houses"),
        blank=True,
        related_name="partner_articles",
        help_text=_("Houses that did it with you. Yours is known already."),
    )
    tags = ClusterTaggableManager(
        through="articles.TaggedArticle",
        verbose_name=_("tags"),
        blank=True,
        help_text=_("A few words that others would look for; a comma between two."),
    )
    contacts = StreamField(
        [("contact", ContactBlock())],
        verbose_name=_("contacts"),
        blank=True,
        help_text=_("Who answers questions about this practice. Check that they agree to be named."),
    )
    links = StreamField([("link", LinkBlock())], verbose_name=_("links elsewhere"), blank=True)
    adapted_from = models.ForeignKey(
        "self",
        verbose_name=_("adapted from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adaptations",
        help_text=_("The article that gave you the idea, if there is one."),
    )

    # Identity where the article was imported from; a copy or a translation has none.
    source = models.CharField(max_length=100, blank=True, editable=False)
    source_id = models.CharField(max_length=255, blank=True, editable=False)

    objects = PageManager.from_queryset(ArticlePageQuerySet)()

    parent_page_types = ["houses.HousePage"]
    subpage_types = []
    exclude_fields_in_copy = ["source", "source_id"]

    content_panels = CONTENT_PANELS
    edit_handler = TabbedInterface(
        [
            ObjectList(CONTENT_PANELS, heading=_("What happened")),
            ObjectList(WHERE_AND_WHEN_PANELS, heading=_("Where and when")),
            ObjectList(CLASSIFICATION_PANELS, heading=_("Classification")),
            ObjectList(PEOPLE_PANELS, heading=_("People and links")),
            ObjectList(BasePage.promote_panels, heading=_("Sharing")),
        ]
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.FilterField("published_on"),
        index.FilterField("department"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~Q(source_id=""),
                name="article_unique_source",
                violation_error_message=_("This article was already imported."),
            )
        ]
        indexes = [models.Index(fields=["-published_on"], name="article_newest")]

    def clean(self):
        super().clean()
        self._check_adapted_from()

    def _check_adapted_from(self):
        """Raise a ValidationError where an article would be adapted from itself, however far."""
        seen, original = {self.pk}, self.adapted_from
        while original is not None:
            if original.pk in seen:
                message = _("An article cannot be adapted from itself, even by way of another one.")
                raise ValidationError({"adapted_from": message})
            seen.add(original.pk)
            original = original.adapted_from

    @cached_property
    def house_page(self) -> HousePage:
        """The page of the house responsible for this article: the tree says which."""
        return HousePage.objects.above([self]).get()

    @property
    def house(self) -> House:
        return self.house_page.house

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.commune, department_name(self.department)) if part)

    @cached_property
    def all_tags(self) -> list[Tag]:
        return [item.tag for item in self.tagged_items.select_related("tag").order_by("tag__name")]

    @cached_property
    def outline(self) -> list[tuple[str, str]]:
        """(anchor, title) of each part, for the table of contents."""
        return [
            (block.id, block.value["text"])
            for block in self.body
            if block.block_type == "heading" and block.value["level"] == "2"
        ]

    def neighbours(self):
        """Return what leads on from here: (adapted from, adaptations, see also), published articles only."""
        related_ids = list(self.related_articles.values_list("article_id", flat=True))
        found = ArticlePage.objects.published().filter(
            Q(pk__in=[*related_ids, self.adapted_from_id]) | Q(adapted_from=self.pk)
        )
        found = {article.pk: article for article in with_house_pages(found.for_cards())}
        adaptations = [page for page in found.values() if page.adapted_from_id == self.pk]
        see_also = [found[pk] for pk in related_ids if pk in found]
        return found.get(self.adapted_from_id), adaptations, see_also

    def prefetch_pictures(self):
        """Read the renditions of all the pictures of the body at once."""
        pictures = [block.value["image"] for block in self.body if block.block_type == "image"]
        pictures = [picture for picture in [self.picture, *pictures] if picture]
        prefetch_related_objects(
            pictures, Prefetch("renditions", to_attr="prefetched_renditions")
        )

    def structured_data(self, request):
        house = {
            "@type": "Organization",
            "name": self.house.name,
            "url": self.house_page.get_full_url(request),
        }
        data = {
            "@type": "Article",
            "headline": self.title[:110],
            "description": self.description,
            "inLanguage": self.locale.language_code,
            "datePublished": self.published_on and self.published_on.isoformat(),
            "dateModified": self.last_published_at and self.last_published_at.isoformat(),
            "author": house,
            "publisher": house,
            "mainEntityOfPage": self.get_full_url(request),
        }
        return [{key: value for key, value in data.items() if value}]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        self.prefetch_pictures()
        adapted_from, adaptations, see_also = self.neighbours()
        context.update(adapted_from=adapted_from, adaptations=adaptations, see_also=see_also)
        return context


class RelatedArticle(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
