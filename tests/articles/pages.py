"""Articles as tests make, change and look at them."""

from django.urls import reverse

from tests.factories import (
    ArticlePageFactory,
    article_form_data,
    restricted,
    stored,
)

HARM = '<script>alert("x")</script> & « lui »'
# A block of each type that has words.
TEXT_BLOCKS = {
    "heading": {"text": HARM, "level": "2"},
    "quotation": {"text": HARM, "who": HARM, "capacity": HARM},
    "key_figures": {"figures": [{"figure": "26", "label": HARM}], "source": HARM},
    "steps": {"steps": [{"title": HARM, "text": "<p>Puis</p>"}]},
    "takeaways": {"points": [HARM, HARM]},
    "sessions": {
        "sessions": [{"theme": HARM, "place": HARM, "associations": [HARM], "mode": "hybrid"}]
    },
    "contact": {"name": HARM, "role": HARM, "organisation": HARM, "email": "", "phone": HARM},
    "links": {"links": [{"url": "https://example.org", "label": HARM, "description": HARM}]},
    "table": {
        "data": [[HARM, "b"], [HARM, None]],
        "table_caption": HARM,
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    },
    "video": {"url": "https://vimeo.com/1234", "title": HARM, "transcript": "<p>Puis</p>"},
}


def show(client, lantern, *body, **fields):
    return client.get(ArticlePageFactory(parent=lantern, body=stored(*body), **fields).url)


def edit(client, article, **fields):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    fields.setdefault("title", article.title)
    return client.post(address, article_form_data(**{"slug": article.slug, **fields}))


def hidden_articles(house_page):
    """One article of each kind that no visitor may see."""
    draft = ArticlePageFactory(parent=house_page, title="Jamais publié", live=False)
    private = restricted(ArticlePageFactory(parent=house_page, title="Réservé"))
    unpublished = ArticlePageFactory(parent=house_page, title="Dépublié")
    unpublished.unpublish()
    return [draft, private, unpublished]
