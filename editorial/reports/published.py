"""What was published, by the section of its house."""

from django.db.models.functions import Coalesce, Left, Length, TruncDate

from articles.models import ArticlePage


def online_articles():
    """Articles online, with `section`, the tree path of their house's page, and `day`.

    `day` is the date readers see, where there is one: what was imported was not written that day.
    """
    return (
        ArticlePage.objects.live()
        .order_by()
        .annotate(
            section=Left("path", Length("path") - ArticlePage.steplen),
            day=Coalesce("published_on", TruncDate("first_published_at")),
        )
    )
