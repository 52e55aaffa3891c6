from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.fields import TranslationsField, translated
from portal.text import fold


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
    def listing_url(self) -> str:
        """Address of the listing of what carries this term."""
        return f"{reverse('articles:list')}?{urlencode({self.filter_name: self.slug})}"


class TermQuerySet(models.QuerySet):
    def labelled(self, label: str):
        """The term with this label, whatever its case and accents."""
        return self.filter(key=fold(label))

    def with_counts(self, articles):
        """Annotate `article_count`, the number of `articles` that carry each term."""
        return self.annotate(
            article_count=Count("articles", filter=Q(articles__in=articles), distinct=True)
        )


class Term(index.Indexed, Labelled):
    """A category or a typology: editors order them and say what each is for."""

    name = models.CharField(_("label"), max_length=100)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Left empty, it is made from the label."),
    )
    key = models.CharField(max_length=110, editable=False)
    description = models.TextField(
        _("description"), max_length=300, blank=True, help_text=_("What belongs here, in one sentence.")
    )
    description_translations = TranslationsField(
        _("description in the other languages"), multiline=True, text_max_length=300
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
                violation_error_message=_(
                    "This label exists already (capitals and accents make no difference)."
                ),
            )
        ]

    def __str__(self):
        return self.label

    def clean(self):
        super().clean()
        self.key = fold(self.name)

    def save(self, *args, **kwargs):
        self.key = fold(self.name)
        self.slug = self.slug or slugify(self.name)[:100]
        super().save(*args, **kwargs)

    @property
    def summary(self) -> str:
        return translated(self.description, self.description_translations)


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


class TagQuerySet(TermQuerySet):
    def with_counts(self, articles):
        return self.annotate(
            article_count=Count(
                "tagged_articles",
                filter=Q(tagged_articles__content_object__in=articles),
                distinct=True,
            )
        )


class Tag(index.Indexed, Labelled, TagBase):
    """A free word; editors rename and merge them."""

    key = models.CharField(max_length=110, editable=False, db_index=True)

    filter_name = "tag"
    free_tagging = True

    objects = TagQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("name_translations"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def save(self, *args, **kwargs):
        self.key = fold(self.name)
        super().save(*args, **kwargs)


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
