"""The inverted index: which terms are in which documents, and the words that people wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models.documents import Scope, SearchDocument


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
