"""What editors say to the search, and what they learn from it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search import state
from search.models.documents import SearchDocument
from search.query import bet_key


def languages() -> list[tuple[str, str]]:
    """The languages of the settings: one more asks for no migration."""
    return settings.LANGUAGES


class Synonyms(models.Model):
    """Words that find each other, or words that also find others."""

    language = models.CharField(
        _("language"), max_length=12, choices=languages, default=settings.LANGUAGE_CODE
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
        _("language"), max_length=12, choices=languages, default=settings.LANGUAGE_CODE
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
