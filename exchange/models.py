from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from articles.models import ArticlePage


class ImportRecord(models.Model):
    """What an import last wrote of an article, so that the next one knows what changed, and who did it."""

    article = models.OneToOneField(
        ArticlePage, on_delete=models.CASCADE, related_name="import_record"
    )
    digest = models.CharField(max_length=64)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")

    def __str__(self):
        return f"{self.article.source}/{self.article.source_id}"

    @property
    def edited_since(self) -> bool:
        """Whether somebody saved the article after the import: their text is not overwritten."""
        return self.article.latest_revision_id != self.revision_id
