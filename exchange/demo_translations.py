"""The demonstration content in other languages: each page a translation of one that is there, made once."""

import json

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Site

from articles.models import ArticlePage, Tag
from exchange import bodies
from exchange.lines import read_lines
from exchange.media import Media
from home.models import HomeHighlight, HomePage, PlainPage, SiteSettings
from houses.models import House, HouseIndexPage, HousePage
from portal.text import title_slug

FOLDER = settings.BASE_DIR / "demo"
SOURCE = "demo"


def load_translations() -> int:
    """Put in the site what is missing of the translations in demo/; return how many articles that makes."""
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return sum(_load(code) for code in codes if (FOLDER / f"site-{code}.json").exists())


@transaction.atomic
def _load(code: str) -> int:
    data = json.loads((FOLDER / f"site-{code}.json").read_text())
    locale = Locale.objects.get(language_code=code)
    _translate_home(data["home"], locale)
    _translate(_original(HouseIndexPage), locale, data["directory"])
    for slug, texts in data["houses"].items():
        _translate(_original(HousePage, house__slug=slug), locale, texts)
    media = Media(FOLDER, House.objects.network().get().collection)
    for slug, texts in data["pages"].items():
        body = bodies.from_blocks(texts.pop("body"), media)
        _translate(_original(PlainPage, slug=slug), locale, texts | {"body": body})
    _name_tags(data["tags"], code)
    _complete_settings(data, code)
    lines = [json.loads(line.text) for line in read_lines(FOLDER / f"articles.{code}.jsonl")]
    return sum(_translate_article(line, locale) for line in lines)


def _original(model, **conditions):
    """Return the page in the first language, None where it is not there any more."""
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    return model.objects.filter(locale=locale, **conditions).first()


def _translate(original, locale: Locale, texts: dict):
    """Publish the translation of `original` with these texts; None where it has one already."""
    if original is None or original.has_translation(locale):
        return None
    page = original.copy_for_translation(locale)
    for name, value in texts.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def _translate_home(texts: dict, locale: Locale) -> None:
    searches, chosen = texts.pop("suggestions"), texts.pop("highlights")
    home = _translate(_original(HomePage), locale, texts)
    if home is None:
        return
    home.suggestions = [("search", words) for words in searches]
    articles = ArticlePage.objects.filter(source=SOURCE, source_id__in=chosen)
    home.highlights = [
        HomeHighlight(article=article, sort_order=chosen.index(article.source_id))
        for article in articles
    ]
    home.save_revision().publish()


def _translate_article(line: dict, locale: Locale) -> bool:
    """Publish the translation of an article; its terms, houses, dates and picture are those of the original."""
    original = _original(ArticlePage, source=SOURCE, source_id=line.pop("id"))
    if original is None or not original.live:
        return False
    media = Media(FOLDER, original.house.collection)
    texts = line | {
        "slug": title_slug(line["title"]),
        "body": bodies.from_blocks(line["body"], media),
    }
    for name, kind in (("contacts", "contact"), ("links", "link")):
        if name in texts:
            texts[name] = [(kind, value) for value in texts[name]]
    return _translate(original, locale, texts) is not None


def _name_tags(labels: dict[str, str], code: str) -> None:
    for name, label in labels.items():
        tag = Tag.objects.labelled(name).first()
        if tag and code not in tag.name_translations:
            tag.name_translations[code] = label
            tag.save()


def _complete_settings(data: dict, code: str) -> None:
    """Give the navigation, the footer and the legal notices their texts, while nobody has written any."""
    site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if code in site_settings.footer_translations:
        return
    site_settings.footer_translations[code] = data["footer"]
    for name, text in data["legal"].items():
        getattr(site_settings, f"{name}_translations")[code] = text
    for links in (site_settings.navigation, site_settings.footer_navigation):
        for link in links:
            link.value["label_translations"][code] = data["navigation"].get(link.value["label"], "")
    site_settings.save()
