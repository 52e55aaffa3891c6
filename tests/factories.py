import json
from uuid import uuid4

import factory
from django.contrib.auth import get_user_model
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from articles.models import (
    ArticlePage,
    Category,
    EasyArticlePage,
    RelatedArticle,
    Tag,
    Typology,
)
from home.models import HomePage, PlainPage
from houses.models import House, HouseIndexPage, HousePage, Membership
from portal.models import Picture


class UserFactory(DjangoModelFactory):
    username = factory.Sequence(lambda number: f"user{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    @factory.post_generation
    def groups(self, create, extracted):
        self.groups.set(extracted or [])


class HouseFactory(DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Maison {number}")

    class Meta:
        model = House


class MembershipFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    house = factory.SubFactory(HouseFactory)

    class Meta:
        model = Membership


class PageFactory(DjangoModelFactory):
    """A page below `parent`, published unless `live=False`, with a first revision."""

    title = factory.Sequence(lambda number: f"Titre {number}")
    live = True

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, parent, **kwargs):
        kwargs.setdefault("slug", slugify(kwargs["title"]))
        live = kwargs.pop("live")
        related = {name: kwargs.pop(name) for name in cls._related if name in kwargs}
        page = model_class(**kwargs, live=live, locale=Locale.get_default())
        for name, values in related.items():
            setattr(page, name, values)
        page = parent.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
            page.refresh_from_db()
        return model_class.objects.get(pk=page.pk)

    _related = ()


class HousePageFactory(PageFactory):
    house = factory.SubFactory(HouseFactory)
    title = factory.LazyAttribute(lambda page: page.house.name)
    parent = factory.LazyFunction(lambda: HouseIndexPage.objects.get(locale=Locale.get_default()))

    class Meta:
        model = HousePage


class ArticlePageFactory(PageFactory):
    parent = factory.SubFactory(HousePageFactory)

    _related = ("categories", "typologies", "partner_houses", "related_articles")

    class Meta:
        model = ArticlePage

    @classmethod
    def _create(cls, model_class, *args, tags=(), **kwargs):
        article = super()._create(model_class, *args, **kwargs)
        if tags:
            article.tags.add(*tags)
            revision = article.save_revision()
            if article.live:
                revision.publish()
            article = model_class.objects.get(pk=article.pk)
        return article


class EasyArticlePageFactory(PageFactory):
    class Meta:
        model = EasyArticlePage


class PlainPageFactory(PageFactory):
    parent = factory.LazyFunction(lambda: HomePage.objects.get(locale=Locale.get_default()))

    class Meta:
        model = PlainPage


class CategoryFactory(DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Catégorie {number}")

    class Meta:
        model = Category


class TypologyFactory(DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Typologie {number}")

    class Meta:
        model = Typology


class TagFactory(DjangoModelFactory):
    name = factory.Sequence(lambda number: f"étiquette {number}")

    class Meta:
        model = Tag


class PictureFactory(DjangoModelFactory):
    title = factory.Sequence(lambda number: f"Image {number}")
    file = factory.LazyFunction(lambda: get_test_image_file(size=(8, 6)))

    class Meta:
        model = Picture


class DocumentFactory(DjangoModelFactory):
    title = factory.Sequence(lambda number: f"Document {number}")
    file = factory.django.FileField(filename="document.txt", data=b"texte")

    class Meta:
        model = get_document_model()


def put_online(page):
    """Return `page` once its last version is public, as the approval of its review would have it."""
    known = type(page).objects
    known.get(pk=page.pk).get_latest_revision().publish()
    return known.get(pk=page.pk)


def translated(page, language="en", **fields):
    """Return the published translation of `page` with these fields, those above it being translated first."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    parent = page.get_parent()
    if parent.depth > 1 and not parent.has_translation(locale):
        translated(parent.specific, language)
    translation = page.specific.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translation, name, value)
    translation.save_revision().publish()
    return type(translation).objects.get(pk=translation.pk)


def see_also(*articles):
    """Rows of «see also», for ``ArticlePageFactory(related_articles=…)``."""
    return [
        RelatedArticle(article=article, sort_order=rank) for rank, article in enumerate(articles)
    ]


def stored(*blocks):
    """A stream as the database keeps it, from (block type, plain value) pairs."""
    rows = [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in blocks]
    return json.dumps(rows, default=str)


def restricted(page):
    """Return `page` once only those who log in may see it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def article_form_data(body=(), contacts=(), links=(), related=(), **fields):
    """What the form of an article sends, with a title and nothing else unless `fields` say so."""
    fields.setdefault("title", "Un outil pour tous")
    parts = {
        "body": streamfield(body),
        "contacts": streamfield(contacts),
        "links": streamfield(links),
        "related_articles": inline_formset(related),
    }
    return {"slug": slugify(fields["title"]), **nested_form_data(parts), **fields}
