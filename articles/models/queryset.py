from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail import hooks

from articles.models.related import RelatedArticle
from portal.models import PublicPageQuerySet
from portal.visibility import visible_page

# What a card shows of an article: the rest of its row, the text above all, is not read.
CARD_FIELDS = [
    *("title", "path", "depth", "url_path", "live"),
    *("summary", "published_on", "adapted_from", "picture"),
]


class ArticlePageQuerySet(PublicPageQuerySet):
    def to_serve(self):
        """With `has_partners` and `has_neighbours`, which spare most articles three queries."""
        partners = self.model.partner_houses.through.objects.filter(articlepage=OuterRef("pk"))
        related = RelatedArticle.objects.order_by().filter(page=OuterRef("pk"))
        adaptations = self.model.objects.order_by().filter(adapted_from=OuterRef("pk"))
        return self.select_related("picture").annotate(
            has_partners=Exists(partners),
            has_neighbours=ExpressionWrapper(
                Q(adapted_from__isnull=False) | Exists(related) | Exists(adaptations),
                output_field=BooleanField(),
            ),
            # What the apps above this one show of an article (`article_notes`) is read with it.
            **{
                name: column
                for columns in hooks.get_hooks("article_annotations")
                for name, column in columns().items()
            },
        )

    def told_by(self, house_page):
        """Published articles right below the page of a house, looked up in the order of their dates."""
        below = (house_page.path + "0000", house_page.path + "zzzz")
        return self.filter(visible_page("pk", path__range=below))

    def newest_first(self):
        """By the date readers see; articles without one come last, latest written first."""
        return self.order_by(F("published_on").desc(nulls_last=True), "-page_ptr_id")

    def of_house(self, *house_pages):
        """Articles for which one of the houses of these pages is responsible, or a partner."""
        below = Q()
        for page in house_pages:
            below |= Q(path__startswith=page.path)
        houses = [page.house_id for page in house_pages]
        return self.filter(below | Q(pk__in=self.model.objects.filter(partner_houses__in=houses)))

    def lean(self):
        """With what a card shows of an article's own row; `articles.models.cards` reads the rest."""
        return self.only(*CARD_FIELDS).select_related("picture")
