from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from houses.models.house import House
from portal.models import BasePage, PublicPageQuerySet
from search import sources
from search.text import fold

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HouseIndexPage(BasePage):
    """The directory of the houses."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("Shown above the list of houses."),
    )

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["houses.HousePage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("directory of houses")
        verbose_name_plural = _("directories of houses")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        houses = HousePage.objects.child_of(self).published().select_related("house")
        context["houses"] = sorted(
            houses,
            key=lambda page: (
                page.house.region == "",
                fold(page.house.region),
                fold(page.title),
            ),
        )
        return context


class HousePageQuerySet(PublicPageQuerySet):
    def to_serve(self):
        return self.select_related("house", "picture")

    def with_house(self):
        """With the house, and of the page what names it and leads to it."""
        fields = ["title", "path", "depth", "url_path", "live", "locale", "house"]
        return self.only(*fields).select_related("house")

    def above(self, pages, or_of_houses=()):
        """The house pages right above `pages`, and those of the houses `or_of_houses`, with their house.

        The latter have `is_among_houses`.
        """
        paths = {page.path[: -page.steplen] for page in pages}
        if or_of_houses == ():
            return self.filter(path__in=paths).with_house()
        among = Q(house__in=or_of_houses)
        return (
            self.filter(Q(path__in=paths) | among)
            .annotate(is_among_houses=ExpressionWrapper(among, output_field=models.BooleanField()))
            .with_house()
        )


class HousePage(BasePage):
    """The public page of a house in one language; what the house publishes is below it."""

    house = models.ForeignKey(
        House,
        verbose_name=_("house"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("This page is named after it, and shows its address and contacts."),
    )
    summary = models.TextField(
        _("in brief"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: who you are, for whom."),
    )
    introduction = RichTextField(
        _("presentation"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("The history of the house, its place, what it offers to associations."),
    )
    picture = models.ForeignKey(
        "portal.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture of the house. Without one, its own pattern of roofs is shown."),
    )

    objects = PageManager.from_queryset(HousePageQuerySet)()

    # A house has one name, in every language.
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ("title", "slug", "house", "picture", "social_image")
    ]

    search_kind, search_name = "house", _("Houses")

    parent_page_types = ["houses.HouseIndexPage"]
    subpage_types = ["articles.ArticlePage"]

    content_panels = [
        FieldPanel("house"),
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("picture"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("introduction"),
    ]

    class Meta:
        verbose_name = _("page of a house")
        verbose_name_plural = _("pages of houses")

    def full_clean(self, *args, **kwargs):
        # The page is named after its house, and follows when the house is renamed (House.save).
        if self.house_id:
            self.title = self.house.name
            self.slug = self.slug or self.house.slug
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        twins = HousePage.objects.filter(house_id=self.house_id, locale_id=self.locale_id)
        if self.house_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"house": _("This house already has its page in this language.")})

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = House.objects.filter(pages=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before == self.house:
                return
            for house in filter(None, [before, self.house]):
                house.sync_groups()
            if before:
                # What is below is found by its house.
                sources.project_again([page.pk for page in self.get_descendants()])

    def search_document(self):
        document = super().search_document()
        if document is None:
            return None
        house = self.house
        presentation = get_text_for_indexing(self.introduction)
        document.body = "\n".join(filter(None, [presentation, house.acronym, house.commune]))
        document.facets["house"] = [house.slug]
        document.facets["department"] = list(filter(None, [house.department]))
        return document

    def structured_data(self, request):
        house = self.house
        data = {
            "@type": "Organization",
            "name": house.name,
            "alternateName": house.acronym,
            "url": self.get_full_url(request),
            "description": self.description,
            "email": house.email,
            "telephone": house.phone,
            "sameAs": house.website,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": house.address,
                "addressLocality": house.commune,
                "addressRegion": house.region,
                "addressCountry": "FR",
            },
        }
        return [{key: value for key, value in data.items() if value}]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["house"] = self.house
        # What the house publishes is known by the apps above this one: each adds its section.
        sections = [section(self, request) for section in hooks.get_hooks("house_page_sections")]
        context["sections"] = [section for section in sections if section]
        return context
