from django.db.models import Exists, F, OuterRef, Q
from wagtail import hooks

from articles.models.related import related_keys_column
from portal.models import PublicPageQuerySet
from portal.visibility import visible_page

# What a card shows of an article: the rest of its row, the text above all, is not read.
CARD_FIELDS = [
    *("title", "path", "depth", "url_path", "live"),
    *("summary", "published_on", "adapted_from", "picture"),
]


def below(path: str) -> tuple[str, str]:
    """Return the paths between which are the pages right below that of `path`."""
    return path + "0000", path + "zzzz"


class ArticlePageQuerySet(PublicPageQuerySet):
    def to_serve(self):
        """With `has_partners`, `has_adaptations` and `related_keys`, which spare most articles three queries."""
        partners = self.model.partner_houses.through.objects.filter(articlepage=OuterRef("pk"))
        adaptations = self.model.objects.order_by().filter(adapted_from=OuterRef("pk"))
        return self.select_related("picture").annotate(
            has_partners=Exists(partners),
            has_adaptations=Exists(adaptations),
            related_keys=related_keys_column(),
            # What the apps above this one show of an article (`article_notes`) is read with it.
            **{
                name: column
                for columns in hooks.get_hooks("article_annotations")
                for name, column in columns().items()
            },
        )

    def told_by(self, house_page):
        """Published articles right below the page of a house, looked up in the order of their dates."""
        return self.told_between(*below(house_page.path))

    def told_between(self, first, last):
        """Published articles between two paths of the tree."""
        return self.filter(visible_page("pk", path__range=(first, last)))

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
