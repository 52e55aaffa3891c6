from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.fields import TranslationsField, translated
from portal.kept import forget, kept_ready
from portal.languages import locale_of
from portal.text import first_free, title_slug
from portal.visibility import visible_page
from search import labels
from search.labels import Label
from search.text import fold

SAME_LABEL = _("This label exists already (capitals and accents make no difference).")


class Labelled(models.Model):
    """A term that visitors browse by: one row in all languages, with a label in each."""

    name_translations = TranslationsField(
        _("label in the other languages"),
        text_max_length=100,
        help_text=_("Left empty, visitors read the label above in every language."),
    )

    # The parameter of the listing that keeps the articles of one term.
    filter_name = ""

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        return translated(self.name, self.name_translations)

    @property
    def label_language(self) -> str:
        """That of the label: the first one where there is no other."""
        here = get_language()
        return here if self.name_translations.get(here) else settings.LANGUAGE_CODE

    @property
    def search_label(self) -> Label:
        """What the search calls this term: what carries it is found and filtered by it."""
        return Label(
            self.filter_name,
            self.slug,
            {settings.LANGUAGE_CODE: self.name, **self.name_translations},
            position=getattr(self, "position", 0),
        )

    @property
    def saved_slug(self) -> str | None:
        """The short name in the database, None where there is none yet."""
        return type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first()

    @property
    def listing_url(self) -> str:
        """Address of the listing of what carries this term."""
        return f"{reverse('search:page')}?{urlencode({self.filter_name: self.slug})}"


class TermQuerySet(models.QuerySet):
    # How the rows between a term and its articles name the article.
    article = "articlepage_id"

    def labelled(self, label: str):
        """The term with this label, whatever its case and accents."""
        return self.filter(key=fold(label))

    def with_counts(self, **conditions):
        """Annotate `article_count`, the number of published articles that carry each term.

        `conditions` are others that these must meet: ``locale=…`` for those of one language.
        """
        carried = self._carried().filter(visible_page(self.article, **conditions))
        counts = carried.order_by().values("term").annotate(count=Count("pk")).values("count")
        return self.annotate(article_count=Coalesce(Subquery(counts), 0))

    def _carried(self):
        """One row for each article that carries the term of the outer query."""
        through = self.model._meta.get_field("articles").through
        term = self.model._meta.model_name
        return through.objects.filter(**{term: OuterRef("pk")}).annotate(term=F(term))


class Term(index.Indexed, Labelled):
    """A category or a typology: editors order them and say what each is for."""

    name = models.CharField(
        _("label"),
        max_length=100,
        help_text=_("As visitors read it, in the site's first language."),
    )
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Left empty, it is made from the label."),
    )
    key = models.CharField(max_length=110, editable=False)
    description = models.TextField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What belongs here, in one sentence."),
    )
    description_translations = TranslationsField(
        _("description in the other languages"),
        multiline=True,
        text_max_length=300,
        help_text=_("Left empty, visitors read the description above in every language."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Small numbers come first.")
    )

    objects = TermQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("name_translations"),
        FieldPanel("description"),
        FieldPanel("description_translations"),
        FieldPanel("position"),
        FieldPanel("slug"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="%(class)s_unique_label",
                violation_error_message=SAME_LABEL,
            )
        ]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.key = fold(self.name)
        self.slug = self.slug or self._free_slug()
        with transaction.atomic():
            slug_before = self.saved_slug
            super().save(*args, **kwargs)
            labels.name(self.search_label, slug_before)

    def clean(self):
        super().clean()
        self.key = fold(self.name)
        # The key is in no form, where constraints on it would not be looked at.
        if type(self).objects.labelled(self.name).exclude(pk=self.pk).exists():
            raise ValidationError({"name": SAME_LABEL})

    @property
    def summary(self) -> str:
        return translated(self.description, self.description_translations)

    def _free_slug(self) -> str:
        base = title_slug(self.name)[:90] or self._meta.model_name
        return first_free(base, lambda slug: type(self).objects.filter(slug=slug).exists())


class Category(Term):
    """What an article is about."""

    filter_name = "category"

    class Meta(Term.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Typology(Term):
    """What kind of text an article is: testimony, initiative sheet, meeting report…"""

    filter_name = "typology"

    class Meta(Term.Meta):
        verbose_name = _("typology")
        verbose_name_plural = _("typologies")


class ListedTerm(NamedTuple):
    label: str
    listing_url: str
    article_count: int


def listed_with_counts(model) -> list[ListedTerm]:
    """Return all the terms of `model`, each with its number of articles in the language of the moment.

    They are counted at most once a minute.
    """
    language = get_language()
    return kept_ready(
        _listed_key(model, language),
        lambda: [
            ListedTerm(term.label, term.listing_url, term.article_count)
            for term in sorted(
                model.objects.with_counts(locale=locale_of(language)),
                key=lambda term: (term.position, fold(term.label)),
            )
        ],
    )


def _listed_key(model, language: str) -> str:
    return f"listed-{model._meta.model_name}-{language}"


@receiver([post_save, post_delete], sender=Category)
@receiver([post_save, post_delete], sender=Typology)
def forget_listed(sender, **kwargs):
    forget(*(_listed_key(sender, language) for language, _name in settings.LANGUAGES))


class TagQuerySet(TermQuerySet):
    article = "content_object_id"

    def _carried(self):
        return TaggedArticle.objects.filter(tag=OuterRef("pk")).annotate(term=F("tag"))


class Tag(index.Indexed, Labelled, TagBase):
    """A free word; editors rename and merge them."""

    key = models.CharField(max_length=110, editable=False, db_index=True)

    filter_name = "tag"

    objects = TagQuerySet.as_manager()

    panels = [
        FieldPanel("name", help_text=_("Renamed, it is renamed on every article.")),
        FieldPanel("name_translations"),
        FieldPanel(
            "slug",
            heading=_("Short name in addresses"),
            help_text=_("Left empty, it is made from the label."),
        ),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.key = fold(self.name)
        with transaction.atomic():
            slug_before = self.saved_slug
            super().save(*args, **kwargs)
            labels.name(self.search_label, slug_before)


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles")
    content_object = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tagged article")
        verbose_name_plural = _("tagged articles")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_article_unique")
        ]


@receiver(post_delete, sender=Category)
@receiver(post_delete, sender=Typology)
@receiver(post_delete, sender=Tag)
def take_out_of_search(instance, **kwargs):
    """What carried a term that is deleted is no longer found by it."""
    labels.replace(instance.filter_name, instance.slug)
