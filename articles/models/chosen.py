"""What is chosen for an article — categories, typologies, tags — read by its page."""

from functools import cache

from django.db.models import IntegerField

from articles.models.terms import Tag
from portal.prepared import Parameter, PreparedQuery


def terms_of(article, name: str) -> list:
    """Return the terms chosen in the field `name` of an article in the database.

    The field's own manager looks in the form too, and is slower.
    """
    return _query_of_terms(type(article), name).rows(article=article.pk)


def tags_of(article) -> list[Tag]:
    """Return the tags of an article in the database."""
    return _query_of_tags().rows(article=article.pk)


@cache
def _query_of_terms(page_type, name: str) -> PreparedQuery:
    field = page_type._meta.get_field(name)
    chosen_here = {field.remote_field.get_accessor_name(): Parameter("article", IntegerField())}
    return PreparedQuery(field.related_model.objects.filter(**chosen_here))


@cache
def _query_of_tags() -> PreparedQuery:
    article = Parameter("article", IntegerField())
    tags = Tag.objects.filter(tagged_articles__content_object=article)
    return PreparedQuery(tags.order_by("tagged_articles__pk"))
