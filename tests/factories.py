import factory
from django.contrib.auth import get_user_model
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from articles.models import ArticlePage, Category, Tag, Typology
from home.models import HomePage, PlainPage
from houses.models import House, HouseIndexPage, HousePage, Membership


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
        related = {name: kwargs.pop(name) for name in cls.RELATED if name in kwargs}
        page = model_class(**kwargs, live=live, locale=Locale.get_default())
        for name, values in related.items():
            setattr(page, name, values)
        page = parent.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
            page.refresh_from_db()
        return model_class.objects.get(pk=page.pk)

    RELATED = ()


class HousePageFactory(PageFactory):
    house = factory.SubFactory(HouseFactory)
    title = factory.LazyAttribute(lambda page: page.house.name)
    parent = factory.LazyFunction(lambda: HouseIndexPage.objects.get())

    class Meta:
        model = HousePage


class ArticlePageFactory(PageFactory):
    parent = factory.SubFactory(HousePageFactory)

    RELATED = ("categories", "typologies", "partner_houses")

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


class PlainPageFactory(PageFactory):
    parent = factory.LazyFunction(lambda: HomePage.objects.get())

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
