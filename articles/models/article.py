from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail import hooks
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from articles.admin_forms import ArticleForm
from articles.blocks import BodyBlock, ContactBlock, LinkBlock, plain_text
from articles.models.cards import prefetch_renditions, read_typology_labels, with_house_pages
from articles.models.chosen import tags_of, terms_of
from articles.models.easy import EasyArticlePage
from articles.models.queryset import ArticlePageQuerySet
from articles.models.related import neighbours_of, next_in
from articles.models.terms import Category, Typology
from articles.panels import CONTENT_PANELS, TABS
from houses.departments import DEPARTMENT_CHOICES, department_name
from houses.listed import ListedHouse
from houses.models import House, HousePage
from portal.models import BasePage, Picture


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
    has_partners = has_adaptations = True
    related_keys = None

    # Identity where the article was imported from; a copy or a translation has none.
    source = models.CharField(max_length=100, blank=True, editable=False)
    source_id = models.CharField(max_length=255, blank=True, editable=False)

    objects = PageManager.from_queryset(ArticlePageQuerySet)()

    parent_page_types = ["houses.HousePage"]
    subpage_types = ["articles.EasyArticlePage"]
    exclude_fields_in_copy = ["source", "source_id"]

    # The others that are texts are translated; what is chosen follows too (articles.translations).
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in (
            *("picture", "social_image", "event_place", "speaker"),
            *("commune", "department", "adapted_from"),
        )
    ]

    search_kind = "article"

    base_form_class = ArticleForm
    content_panels = CONTENT_PANELS
    edit_handler = TABS
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

    @cached_property
    def house(self) -> House | ListedHouse:
        return self.house_page.house

    @cached_property
    def typology_label(self) -> str:
        """The label of the first typology, if there is one."""
        return next((typology.label for typology in self.typologies.all()), "")

    @property
    def section(self) -> Page:
        """The page right above, of which the name and the address are those of the house's page."""
        return self.breadcrumbs[-1]

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.commune, department_name(self.department)) if part)

    @property
    def easy_version(self) -> EasyArticlePage | None:
        """Its version that is easy to read, where there is one that anybody may see."""
        if not self.numchild:
            return None
        return EasyArticlePage.objects.child_of(self).published().first()

    @cached_property
    def outline(self) -> list[tuple[str, str]]:
        """(anchor, title) of each part, for the table of contents."""
        return [
            (block.id, block.value["text"])
            for block in self.body
            if block.block_type == "heading" and block.value["level"] == "2"
        ]

    def search_document(self):
        document = super().search_document()
        if document is None:
            return None
        told = [self.event, self.event_place, self.speaker, self.speaker_role, self.commune]
        texts = [plain_text(self.body), *told, plain_text(self.contacts), plain_text(self.links)]
        document.body = "\n".join(filter(None, texts))
        document.published_on = self.published_on
        document.source_id = self.source_id
        house = self.house
        document.facets |= {
            "category": [category.slug for category in self.categories.all()],
            "typology": [typology.slug for typology in self.typologies.all()],
            "tag": [item.tag.slug for item in self.tagged_items.all()],
            "house": [house.slug, *(partner.slug for partner in self.partner_houses.all())],
            "department": list(filter(None, [self.department or house.department])),
            "year": [str(self.published_on.year)] if self.published_on else [],
        }
        return document

    def pictures(self) -> list[Picture]:
        """The pictures of the article, the main one and those of its text."""
        in_text = [block.value["image"] for block in self.body if block.block_type == "image"]
        return [picture for picture in [self.picture, *in_text] if picture]

    def structured_data(self, request):
        house = {
            "@type": "Organization",
            "name": self.section.title,
            "url": self.section.get_full_url(request),
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
        typologies, categories, tags = self._classification(request.is_preview)
        category = next(iter(categories), None)
        neighbours = neighbours_of(self)
        context["partner_pages"] = self._read_house_pages(neighbours.all, request.is_preview)
        read_typology_labels(neighbours.see_also)
        prefetch_renditions([*self.pictures(), *(page.picture for page in neighbours.all)])
        context.update(
            typologies=typologies,
            categories=categories,
            next_article=self._next_in(category, neighbours),
            tags=tags,
            adapted_from=neighbours.adapted_from,
            adaptations=neighbours.adaptations,
            adopters=len({page.house_path for page in neighbours.adaptations}),
            see_also=neighbours.see_also,
            notes=self._added("article_notes", request),
            actions=self._added("article_actions", request),
            easy_version=self.easy_version,
        )
        return context

    def _added(self, hook: str, request) -> list[tuple[str, dict]]:
        """What the apps above this one add to an article that is online: a template and its context each."""
        if request.is_preview:
            return []
        added = [add(self, request) for add in hooks.get_hooks(hook)]
        return [one for one in added if one]

    def _classification(self, is_preview: bool) -> tuple[list, list, list]:
        """Typologies, categories and tags: those of the form that is previewed, else of the database."""
        if is_preview:
            tags = [item.tag for item in self.tagged_items.select_related("tag")]
            return list(self.typologies.all()), list(self.categories.all()), tags
        return terms_of(self, "typologies"), terms_of(self, "categories"), tags_of(self)

    def _next_in(self, category, neighbours):
        """The article that follows this one in `category`, where nothing else leads to it."""
        following = next_in(category, self) if category and self.pk else None
        return None if following in neighbours.all else following

    def _read_house_pages(self, neighbours, is_preview: bool) -> list[HousePage]:
        """Give the neighbours their house page; return those of the partner houses."""
        if is_preview:
            partners = list(self.partner_houses.all())
        elif self.has_partners:
            rows = self.partner_houses.through.objects.filter(articlepage=self.pk)
            partners = rows.values("house")
        else:
            with_house_pages(neighbours)
            return []
        pages = list(HousePage.objects.above(neighbours, or_of_houses=partners))
        with_house_pages(neighbours, pages)
        live = [page for page in pages if page.is_among_houses and page.live]
        # A house has a page a language: that of the article, else another.
        here = {page.house_id for page in live if page.locale_id == self.locale_id}
        return [p for p in live if p.locale_id == self.locale_id or p.house_id not in here]
