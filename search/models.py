"""What can be found, as rows: the projection of published content, and the index made from it.

The projection is `SearchDocument` and `FacetValue`; all the rest is made from it, in the same
transaction, by `search.projection`.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search import state
from search.query import bet_key

LONGEST_VALUE = 200  # characters of the value of a facet


class Scope(models.Model):
    """A language and who may see what is written in it: whoever searches is given the scopes to look in.

    The dictionary and the facets of each scope are apart, so that no word of a restricted text can
    be met, counted or suggested from outside.
    """

    language = models.CharField(max_length=12)
    # Of search.audience; empty for everybody.
    audience = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")
        constraints = [
            models.UniqueConstraint(fields=["language", "audience"], name="scope_unique")
        ]

    def __str__(self):
        return f"{self.language} {self.audience}".strip()


class SearchDocumentQuerySet(models.QuerySet):
    def present(self):
        """Documents that somebody may see."""
        return self.filter(withdrawn=False)

    def pending(self):
        """Documents that the external engine does not have as they are."""
        return self.exclude(sent_version=models.F("version"))


class SearchDocument(models.Model):
    """What a visitor may find of one published page, and see of it in a list.

    `facets` holds the values by which it is filtered: ``{"category": ["gouvernance"], …}``.
    Once it may no longer be seen it is `withdrawn`: nothing of it is kept but its version.
    """

    # That of the page.
    id = models.BigIntegerField(primary_key=True)
    version = models.PositiveBigIntegerField(default=1)
    sent_version = models.PositiveBigIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    scope = models.ForeignKey(Scope, null=True, on_delete=models.PROTECT, db_index=False)
    published_on = models.DateField(null=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=12)
    audience = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=255)
    folded_title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    source_id = models.CharField(max_length=255, blank=True)
    facets = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [
            models.Index(fields=["scope", "-published_on", "id"], name="document_newest"),
            models.Index(
                fields=["id"],
                condition=~Q(version=models.F("sent_version")),
                name="document_pending",
            ),
        ]

    def __str__(self):
        return self.title


class DocumentText(models.Model):
    """The text of a document, apart so that the rows that are only counted stay small."""

    document = models.OneToOneField(SearchDocument, primary_key=True, on_delete=models.CASCADE)
    body = models.TextField(blank=True)
    # The folded words between two spaces, the fields apart: where exact phrases are looked for.
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self):
        return str(self.document_id)


class Term(models.Model):
    """A stem that is met in a scope."""

    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, db_index=False)
    text = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [models.UniqueConstraint(fields=["scope", "text"], name="term_unique")]

    def __str__(self):
        return self.text


class Posting(models.Model):
    """A term is in a document, with this impact, in hundredths (`search.impacts`)."""

    pk = models.CompositePrimaryKey("document", "term")
    document = models.ForeignKey(
        SearchDocument, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    term = models.ForeignKey(Term, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    impact = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        # Holds all that a search reads.
        indexes = [models.Index(fields=["term", "document", "impact"], name="posting_of_term")]

    def __str__(self):
        return f"{self.document_id}:{self.term_id}"


class FacetValue(models.Model):
    """A value by which documents are filtered, with its label in each language."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=LONGEST_VALUE)
    labels = models.JSONField(default=dict)
    # Small numbers come first; then by label.
    position = models.PositiveSmallIntegerField(default=0)
    # Stands for the documents that have no picture of their own.
    image = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("value of a facet")
        verbose_name_plural = _("values of facets")
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="facet_value_unique")
        ]

    def __str__(self):
        return f"{self.facet}: {self.label}"

    @property
    def label(self) -> str:
        """The label in the active language, else in the first one that has any."""
        return (
            self.labels.get(get_language() or "")
            or next(filter(None, self.labels.values()), "")
            or self.value
        )


class FacetEntry(models.Model):
    """A document has this value."""

    pk = models.CompositePrimaryKey("document", "value")
    document = models.ForeignKey(
        SearchDocument, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    value = models.ForeignKey(
        FacetValue, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    scope = models.ForeignKey(
        Scope, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = _("entry of a facet")
        verbose_name_plural = _("entries of facets")
        indexes = [models.Index(fields=["scope", "value", "document"], name="entry_of_value")]

    def __str__(self):
        return f"{self.document_id}:{self.value_id}"


class Word(models.Model):
    """A word that was written in this language, to repair what is mistyped and to begin what is not ended.

    Words are never taken out but by the audit: whether one may be shown is asked of the postings.
    """

    language = models.CharField(max_length=12)
    text = models.CharField(max_length=50)
    # As it is written, with its accents.
    shown = models.CharField(max_length=60)
    stem = models.CharField(max_length=50)
    # The last three letters: a mistyped word has its beginning right, or its end.
    ending = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="word_unique")]
        indexes = [
            models.Index(fields=["language", "ending", "text"], name="word_by_ending"),
            models.Index(fields=["language", "stem"], name="word_by_stem"),
        ]

    def __str__(self):
        return self.shown


class Synonyms(models.Model):
    """Words that find each other, or words that also find others."""

    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    words = models.CharField(
        _("words"),
        max_length=500,
        help_text=_("Separated by commas, for example «general meeting, AGM»."),
    )
    finds = models.CharField(
        _("also find"),
        max_length=500,
        blank=True,
        help_text=_(
            "Words that those above find too, and that do not find them back. Left empty, the words above find each other."
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return f"{self.words} → {self.finds}" if self.finds else self.words

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        state.changed(state.WORDS)

    def delete(self, *args, **kwargs):
        state.changed(state.WORDS)
        return super().delete(*args, **kwargs)


class BestBet(models.Model):
    """Documents that editors put first for a query."""

    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    query = models.CharField(
        _("search"),
        max_length=200,
        help_text=_("As visitors type it; capitals, accents and plurals make no difference."),
    )
    key = models.CharField(max_length=400, editable=False, db_index=True)
    document = models.ForeignKey(
        SearchDocument,
        verbose_name=_("article or other page"),
        on_delete=models.CASCADE,
        db_constraint=False,
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Small numbers come first.")
    )

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ["query", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "key", "document"],
                name="best_bet_unique",
                violation_error_message=_("This is already put first for this search."),
            )
        ]

    def __str__(self):
        return self.query

    def save(self, *args, **kwargs):
        self.key = bet_key(self.query, self.language)
        super().save(*args, **kwargs)
        state.changed(state.WORDS)

    def delete(self, *args, **kwargs):
        state.changed(state.WORDS)
        return super().delete(*args, **kwargs)

    def clean(self):
        super().clean()
        self.key = bet_key(self.query, self.language)
        if not self.key:
            raise ValidationError({"query": _("Write at least one word.")})


class SearchCount(models.Model):
    """How often something was searched on one day, and how often nothing was found."""

    day = models.DateField()
    language = models.CharField(max_length=12)
    # Folded, as two people may type it.
    text = models.CharField(_("search"), max_length=100)
    searches = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of searches")
        verbose_name_plural = _("counts of searches")
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "text"], name="search_count_unique")
        ]

    def __str__(self):
        return self.text
