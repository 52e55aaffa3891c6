"""New articles written many at once: the same rows as one by one through the editor, in a tenth of the queries.

Wagtail writes a published page in about a hundred queries; an import of thousands cannot afford them.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signals import page_published

from articles.models import ArticlePage, TaggedArticle
from exchange.models import ImportRecord
from houses.models import HousePage
from portal import publication
from portal.text import first_free, title_slug


@dataclass
class NewArticle:
    """An article to be written below `house_page`; its terms and houses are set already."""

    article: ArticlePage
    house_page: HousePage
    digest: str
    revision: Revision | None = None


@transaction.atomic
def create_articles(new: list[NewArticle], *, publish: bool, user=None) -> list[ImportRecord]:
    """Insert `new` articles with their terms, first revision, history, import record and what finds them."""
    articles = [item.article for item in new]
    for house_page in {item.house_page for item in new}:
        _place([item.article for item in new if item.house_page == house_page], house_page)
    _set_state(articles, publish)
    _insert_pages(articles)
    _insert_terms(articles)
    read_relations(articles)
    _insert_revisions(new, publish, user)
    _insert_history(new, publish, user)
    for article in articles:
        ReferenceIndex.create_or_update_for_object(article)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ArticlePage, articles)
    if publish:
        publication.project_many(articles)
        transaction.on_commit(lambda: _announce(new))
    return ImportRecord.objects.bulk_create(
        ImportRecord(article=item.article, digest=item.digest, revision=item.revision)
        for item in new
    )


def _place(articles, house_page: HousePage) -> None:
    """Give each article its place in the tree and its address, after the children already there."""
    parent = Page.objects.select_for_update().get(pk=house_page.pk)
    taken = set(parent.get_children().values_list("slug", flat=True))
    last = parent.get_last_child()
    path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    for article in articles:
        article.path, article.depth, article.numchild = path, parent.depth + 1, 0
        article.slug = first_free(title_slug(article.title) or "article", taken.__contains__)
        taken.add(article.slug)
        article.set_url_path(parent)
        article.house_page, article.locale = house_page, house_page.locale
        path = article._inc_path()
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(articles))


def _set_state(articles, publish: bool) -> None:
    now = timezone.now()
    for article in articles:
        article.draft_title = article.title
        article.live = publish
        article.has_unpublished_changes = not publish
        article.latest_revision_created_at = now
        if publish:
            article.first_published_at = article.last_published_at = now


def _insert_pages(articles) -> None:
    """Insert the rows of both tables of the articles."""
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    pages = Page.objects.bulk_create(
        Page(**{name: getattr(article, name) for name in names}) for article in articles
    )
    for article, page in zip(articles, pages, strict=True):
        article.pk = article.page_ptr_id = article.id = page.pk
        # raw: the row of this table alone, as a fixture is loaded.
        article.save_base(raw=True, force_insert=True)


def _insert_terms(articles) -> None:
    for name in ("categories", "typologies", "partner_houses"):
        field = ArticlePage._meta.get_field(name)
        target = f"{field.m2m_reverse_field_name()}_id"
        field.remote_field.through.objects.bulk_create(
            field.remote_field.through(articlepage_id=article.pk, **{target: term.pk})
            for article in articles
            for term in getattr(article, name).all()
        )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(tag=tag, content_object=article)
        for article in articles
        for tag in article.imported_tags
    )


def read_relations(articles) -> None:
    """Read what hangs from the articles, for all of them at once: their revisions, uses and documents hold it."""
    for article in articles:
        # What was set is not asked any more: it is read as the database gives it.
        article._cluster_related_objects = {}
    names = [relation.get_accessor_name() for relation in get_all_child_relations(ArticlePage)]
    names += [field.name for field in get_all_child_m2m_relations(ArticlePage)]
    prefetch_related_objects(articles, *names, "tagged_items__tag")


def _insert_revisions(new, publish: bool, user) -> None:
    content_type = ContentType.objects.get_for_model(ArticlePage)
    base_content_type = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=base_content_type,
            object_id=str(item.article.pk),
            created_at=item.article.latest_revision_created_at,
            user=user,
            object_str=str(item.article),
            content=item.article.serializable_data(),
        )
        for item in new
    )
    for item, revision in zip(new, revisions, strict=True):
        item.revision = item.article.latest_revision = revision
        item.article.live_revision = revision if publish else None
    Page.objects.bulk_update(
        [
            Page(
                pk=item.article.pk,
                latest_revision=item.revision,
                live_revision=item.article.live_revision,
            )
            for item in new
        ],
        ["latest_revision", "live_revision"],
    )


def _insert_history(new, publish: bool, user) -> None:
    content_type = ContentType.objects.get_for_model(ArticlePage)
    actions = ["wagtail.create", "wagtail.publish"] if publish else ["wagtail.create"]
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=item.article.pk,
            content_type=content_type,
            label=item.article.title,
            action=action,
            timestamp=item.article.latest_revision_created_at,
            user=user,
            revision=item.revision,
            content_changed=True,
        )
        for item in new
        for action in actions
    )


@transaction.atomic
def _announce(new) -> None:
    """Tell that the articles are online, which those who hear it write in one transaction."""
    for item in new:
        page_published.send(ArticlePage, instance=item.article, revision=item.revision)
