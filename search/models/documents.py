"""What can be found, as rows: the projection of published content.

`SearchDocument` and `FacetValue` say it all; the other tables of the index are made from them, in the
same transaction, by `search.projection`.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LONGEST_VALUE = 200  # characters of the value of a facet
LONGEST_AUDIENCE = 2000  # that of hundreds of groups


class Scope(models.Model):
    """A language and who may see what is written in it: whoever searches is given the scopes to look in.

    The dictionary and the facets of each scope are apart, so that no word of a restricted text can
    be met, counted or suggested from outside.
    """

    language = models.CharField(max_length=12)
    # Of search.audience; empty for everybody.
    audience = models.CharField(max_length=LONGEST_AUDIENCE, blank=True)

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
    audience = models.CharField(max_length=LONGEST_AUDIENCE, blank=True)
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
