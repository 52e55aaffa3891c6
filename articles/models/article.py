from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import ObjectList, PageChooserPanel, PublishingPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from articles.blocks import BodyBlock, ContactBlock, LinkBlock
from articles.models.terms import Category, Typology
from articles.panels import (
    CLASSIFICATION_PANELS,
    CONTENT_PANELS,
    PEOPLE_PANELS,
    WHERE_AND_WHEN_PANELS,
    ArticleForm,
)
from houses.departments import DEPARTMENT_CHOICES, department_name
from houses.models import House, HousePage
from portal.models import BasePage, Picture, PublicPageQuerySet
from portal.visibility import visible_page

# What a card shows of an article: the rest of its row, the text above all, is not read.
CARD_FIELDS = [
    *("title", "slug", "path", "depth", "url_path", "content_type", "locale", "live"),
    *("summary", "published_on", "adapted_from", "picture"),
    *("first_published_at", "last_published_at"),
]


class ArticlePageQuerySet(PublicPageQuerySet):
    def to_serve(self):
        """With `has_partners` and `has_neighbours`, which spare most articles two queries."""
        partners = self.model.partner_houses.through.objects.filter(articlepage=OuterRef("pk"))
        related = RelatedArticle.objects.filter(page=OuterRef("pk"))
        adaptations = self.model.objects.order_by().filter(adapted_from=OuterRef("pk"))
        return self.select_related("picture").annotate(
            has_partners=Exists(partners),
            has_neighbours=Case(
                When(adapted_from__isnull=False, then=True),
                default=Exists(related) | Exists(adaptations),
            ),
        )

    def published(self):
        return self.filter(visible_page("pk"))

    def told_by(self, house_page):
        """Published articles right below the page of a house, looked up in the order of their dates."""
        below = (house_page.path + "0000", house_page.path + "zzzz")
        return self.filter(visible_page("pk", path__range=below))

    def newest_first(self):
        """By the date readers see; articles without one come last, latest written first."""
        return self.order_by(F("published_on").desc(nulls_last=True), "-page_ptr_id")

    def of_house(self, *house_pages):
        """Articles for which one of the houses of these pages is responsible, or a partner."""
        below = Q()
        for page in house_pages:
            below |= Q(path__startswith=page.path)
        houses = [page.house_id for page in house_pages]
        return self.filter(below | Q(pk__in=self.model.objects.filter(partner_houses__in=houses)))

    def in_category(self, *slugs):
        return self.filter(pk__in=self.model.objects.filter(categories__slug__in=slugs))

    def of_typology(self, *slugs):
        return self.filter(pk__in=self.model.objects.filter(typologies__slug__in=slugs))

    def tagged(self, *slugs):
        return self.filter(pk__in=self.model.objects.filter(tagged_items__tag__slug__in=slugs))

    def of_year(self, *years):
        wanted = Q()
        for year in years:
            wanted |= Q(published_on__year=year)  # an interval, which the index answers
        return self.filter(wanted)

    def mentioning(self, word):
        """Articles with `word` in their title or summary."""
        return self.filter(Q(title__icontains=word) | Q(summary__icontains=word))

    def for_cards(self):
        """With what a card shows, the house apart (`with_house_pages`)."""
        return self.only(*CARD_FIELDS).select_related("picture").prefetch_related("typologies")


def with_house_pages(articles, known_pages=()) -> list["ArticlePage"]:
    """Return `articles` as a list, with the page of the house of each, read in one query.

    Those among `known_pages` are not read again.
    """
    articles = list(articles)
    house_pages = {page.path: page for page in known_pages}
    homeless = [article for article in articles if article.house_path not in house_pages]
    if homeless:
        house_pages.update((page.path, page) for page in HousePage.objects.above(homeless))
    for article in articles:
        article.house_page = house_pages[article.house_path]
    return articles


def prefetch_renditions(pictures) -> None:
    """Read the renditions of all these pictures in one query; None among them is passed over."""
    pictures = [picture for picture in pictures if picture]
    prefetch_related_objects(pictures, Prefetch("renditions", to_attr="prefetched_renditions"))


class ArticlePage(BasePage):
    """What a house tried, told so that another can do it too."""

    summary = models.TextField(
        _("in brief"),
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
        help_text=_(
            "Shown at the top and in lists. Without one, the emblem of your house is shown."
        ),
    )
    picture_alt = models.CharField(
        _("what the main picture shows"),
        max_length=255,
        blank=True,
        help_text=_(
            "For those who do not see it. Leave empty only if the picture says nothing that the text does not."
        ),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Piece by piece: parts, text, quotations, steps, figures, pictures…"),
    )

    event = models.CharField(
        _("told at"),
        max_length=255,
        blank=True,
        help_text=_("The meeting, workshop or day where this was told, if there was one."),
    )
    event_place = models.CharField(
        _("where it took place"), max_length=255, blank=True, help_text=_("The town or the room.")
    )
    event_date = models.DateField(
        _("when it took place"),
        null=True,
        blank=True,
        help_text=_("The first day, if it lasted several."),
    )
    speaker = models.CharField(
        _("told by"),
        max_length=255,
        blank=True,
        help_text=_("The person who told it, first name then name."),
    )
    speaker_role = models.CharField(
        _("in which capacity"),
        max_length=255,
        blank=True,
        help_text=_("For example «in charge of welcome at La Lanterne»."),
    )
    commune = models.CharField(
        _("commune"), max_length=100, blank=True, help_text=_("Where the practice was tried.")
    )
    department = models.CharField(
        _("department"),
        max_length=3,
        choices=DEPARTMENT_CHOICES,
        blank=True,
        help_text=_("Visitors can look for what was tried in theirs."),
    )
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
        help_text=_(
            "Who answers questions about this practice. Check that they agree to be named."
        ),
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

    # Set by `to_serve`; where it was not, they are looked for.
    has_partners = has_neighbours = True

    # Identity where the article was imported from; a copy or a translation has none.
    source = models.CharField(max_length=100, blank=True, editable=False)
    source_id = models.CharField(max_length=255, blank=True, editable=False)

    objects = PageManager.from_queryset(ArticlePageQuerySet)()

    parent_page_types = ["houses.HousePage"]
    subpage_types = []
    exclude_fields_in_copy = ["source", "source_id"]

    base_form_class = ArticleForm
    content_panels = CONTENT_PANELS
    edit_handler = TabbedInterface(
        [
            ObjectList(CONTENT_PANELS, heading=_("What happened")),
            ObjectList(WHERE_AND_WHEN_PANELS, heading=_("Where and when")),
            ObjectList(CLASSIFICATION_PANELS, heading=_("Classification")),
            ObjectList(PEOPLE_PANELS, heading=_("People and links")),
            ObjectList([*BasePage.promote_panels, PublishingPanel()], heading=_("Sharing")),
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
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="article_newest")]

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
    def house_path(self) -> str:
        """Where the page of the responsible house is in the tree: right above."""
        return self.path[: -self.steplen]

    @property
    def house(self) -> House:
        return self.house_page.house

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.commune, department_name(self.department)) if part)

    @cached_property
    def outline(self) -> list[tuple[str, str]]:
        """(anchor, title) of each part, for the table of contents."""
        return [
            (block.id, block.value["text"])
            for block in self.body
            if block.block_type == "heading" and block.value["level"] == "2"
        ]

    def neighbours(self) -> list["ArticlePage"]:
        """The published articles that this one leads to: original, adaptations and related ones.

        Each has `see_also_rank`, which is None where it is not a related one.
        """
        if not self.has_neighbours:
            return []
        rows = RelatedArticle.objects.filter(page=self.pk)
        rank = rows.filter(article=OuterRef("pk")).values_list(Coalesce("sort_order", 0))
        return list(
            self._leading_to(rows.values("article")).annotate(see_also_rank=Subquery(rank[:1]))
        )

    def neighbours_in_preview(self) -> list["ArticlePage"]:
        """The same from what is in the form, which is not in the database yet."""
        ranks = {row.article_id: rank for rank, row in enumerate(self.related_articles.all())}
        articles = list(self._leading_to(list(ranks)))
        for article in articles:
            article.see_also_rank = ranks.get(article.pk)
        return articles

    def _leading_to(self, related_ids):
        wanted = Q(pk__in=related_ids) | Q(pk=self.adapted_from_id)
        if self.pk:
            # Two sub-selects: SQLite would read all the articles for a comparison among alternatives.
            adaptations = ArticlePage.objects.order_by().filter(adapted_from=self.pk)
            wanted |= Q(pk__in=adaptations.values("pk"))
        return ArticlePage.objects.published().filter(wanted).for_cards()

    def pictures(self) -> list[Picture]:
        """The pictures of the article, the main one and those of its text."""
        in_text = [block.value["image"] for block in self.body if block.block_type == "image"]
        return [picture for picture in [self.picture, *in_text] if picture]

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
            "inLanguage": get_language(),
            "datePublished": self.published_on and self.published_on.isoformat(),
            "dateModified": self.last_published_at and self.last_published_at.isoformat(),
            "author": house,
            "publisher": house,
            "mainEntityOfPage": self.get_full_url(request),
        }
        return [{key: value for key, value in data.items() if value}]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if request.is_preview:
            neighbours = self.neighbours_in_preview()
        else:
            neighbours = self.neighbours()
            prefetch_related_objects([self], "typologies")
        context["partner_pages"] = self._read_house_pages(neighbours, request.is_preview)
        prefetch_renditions([*self.pictures(), *(article.picture for article in neighbours)])
        see_also = [article for article in neighbours if article.see_also_rank is not None]
        adaptations = [
            article for article in neighbours if self.pk and article.adapted_from_id == self.pk
        ]
        context.update(
            typologies=list(self.typologies.all()),
            categories=list(self.categories.all()),
            tags=[item.tag for item in self.tagged_items.select_related("tag")],
            adapted_from=next(
                (page for page in neighbours if page.pk == self.adapted_from_id), None
            ),
            adaptations=adaptations,
            adopters=len({page.house_path for page in adaptations}),
            see_also=sorted(see_also, key=lambda article: article.see_also_rank),
        )
        return context

    def _read_house_pages(self, neighbours, is_preview: bool) -> list[HousePage]:
        """Give this article and its neighbours their house page; return those of the partner houses."""
        articles = [self, *neighbours]
        if is_preview:
            partners = list(self.partner_houses.all())
        elif self.has_partners:
            rows = self.partner_houses.through.objects.filter(articlepage=self.pk)
            partners = rows.values("house")
        else:
            with_house_pages(articles)
            return []
        pages = list(HousePage.objects.above(articles, or_of_houses=partners))
        with_house_pages(articles, pages)
        return [page for page in pages if page.is_among_houses and page.live]


class RelatedArticle(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
