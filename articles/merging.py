"""Two tags made one, in what is published and in the drafts."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from articles.models import ArticlePage, Tag, TaggedArticle
from search import labels


@transaction.atomic
def merge_tags(kept: Tag, others: list[Tag]) -> None:
    """Give `kept` to whatever carries one of `others`, then delete them.

    The latest draft of each article follows, so that no later publication loses the tag.
    """
    other_ids = {tag.pk for tag in others} - {kept.pk}
    tagged = TaggedArticle.objects.filter(tag__in=other_ids)
    already = TaggedArticle.objects.filter(tag=kept).values("content_object")
    _merge_in_drafts(kept.pk, other_ids)
    tagged.filter(content_object__in=already).delete()
    for article_id in set(tagged.values_list("content_object", flat=True)):
        first, *rest = tagged.filter(content_object=article_id)
        TaggedArticle.objects.filter(pk__in=[row.pk for row in rest]).delete()
        TaggedArticle.objects.filter(pk=first.pk).update(tag=kept)
    for tag in Tag.objects.filter(pk__in=other_ids):
        labels.replace(tag.filter_name, tag.slug, kept.slug)
        tag.delete()


def _merge_in_drafts(kept_id: int, other_ids: set[int]) -> None:
    concerned = ArticlePage.objects.filter(
        Q(tagged_items__tag__in=other_ids) | Q(has_unpublished_changes=True)
    )
    drafts = Q(pk__in=concerned.values("latest_revision"))
    scheduled = Q(content_type=ContentType.objects.get_for_model(ArticlePage)) & Q(
        approved_go_live_at__isnull=False
    )
    for revision in Revision.objects.filter(drafts | scheduled):
        items = revision.content.get("tagged_items", [])
        if other_ids.isdisjoint(item["tag"] for item in items):
            continue
        merged = {}
        for item in items:
            tag_id = kept_id if item["tag"] in other_ids else item["tag"]
            merged.setdefault(tag_id, {**item, "tag": tag_id})
        revision.content["tagged_items"] = list(merged.values())
        revision.save(update_fields=["content"])
