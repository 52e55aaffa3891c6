"""The demonstration content of demo/, put in the site once; what is there already is left as it is."""

import json

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Site
from wagtail.users.models import UserProfile

from articles.models import ArticlePage, Category, EasyArticlePage, Typology
from exchange import bodies
from exchange.demo_translations import load_translations
from exchange.importer import Importer, Options
from exchange.lines import parse_line, read_lines
from exchange.links import Links, link_articles
from exchange.media import Media
from home.models import HomeHighlight, HomePage, PlainPage, SiteSettings
from home.permissions import NETWORK_EDITORS
from houses.models import House, HouseIndexPage, HousePage, Membership, Role

FOLDER = settings.BASE_DIR / "demo"
SOURCE = "demo"
NAVIGATION = [
    ("/recherche/?kind=article", "Articles"),
    ("/maisons/", "Maisons"),
    ("/le-reseau/", "Le réseau"),
    ("/aide/", "Aide"),
]
FOOTER = [
    ("/contact/", "Contact"),
]
# user name -> first name, last name, house, role in it
ACCOUNTS = {
    "admin": ("Alix", "Admin", None, None),
    "editor": ("Édith", "Rédaction", None, None),
    "lead": ("Louison", "Référent", "la-lanterne", Role.LEAD),
    "contributor": ("Camille", "Contribution", "la-lanterne", Role.CONTRIBUTOR),
    "outsider": ("Oriane", "Ailleurs", "ti-an-holl", Role.CONTRIBUTOR),
    "member": ("Mehdi", "Membre", None, None),
}


def load_demo(password: str) -> dict[str, int]:
    """Put in the site what is missing of the demonstration content, and return how much of each kind."""
    with transaction.atomic():
        done = {
            "terms": _load_terms(Category, "categories") + _load_terms(Typology, "typologies"),
            "houses": _load_houses(),
            "pages": _load_pages(),
        }
    done["articles"] = _load_articles()
    with transaction.atomic():
        done["easy versions"] = _load_easy_versions()
        _load_site()
        done["accounts"] = _load_accounts(password)
    done["translations"] = load_translations()
    return done


def first_home() -> HomePage:
    """The home page in the first language."""
    return HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)


def _read(name: str):
    return json.loads((FOLDER / name).read_text())


def _load_terms(model, kind: str) -> int:
    created = 0
    for position, term in enumerate(_read("taxonomy.json")[kind], start=1):
        if not model.objects.labelled(term["name"]).exists():
            model.objects.create(
                name=term["name"],
                name_translations={"en": term["name_en"]},
                description=term["description"],
                description_translations={"en": term["description_en"]},
                position=position,
            )
            created += 1
    return created


def _load_houses() -> int:
    index = HouseIndexPage.objects.child_of(first_home()).get()
    created = 0
    for data in _read("houses.json"):
        page_fields = {"summary": data.pop("summary"), "introduction": data.pop("introduction")}
        if data["is_network"]:
            _complete_network(data, page_fields)
        elif not House.objects.filter(slug=data["slug"]).exists():
            house = House.objects.create(**data)
            page = HousePage(house=house, title=house.name, slug=house.slug, **page_fields)
            index.add_child(instance=page)
            page.save_revision().publish()
            created += 1
    return created


def _complete_network(data: dict, page_fields: dict) -> None:
    """Fill in the network's own house, which every installation has, while nobody has described it."""
    house = House.objects.network().get()
    page = house.pages.get(locale__language_code=settings.LANGUAGE_CODE)
    if page.introduction:
        return
    for name, value in {**data, "slug": house.slug}.items():
        setattr(house, name, value)
    house.save()
    page.refresh_from_db()
    for name, value in page_fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def _load_pages() -> int:
    home = first_home()
    media = Media(FOLDER, House.objects.network().get().collection)
    created = 0
    for data in _read("pages.json"):
        if not home.get_children().filter(slug=data["slug"]).exists():
            data["body"] = bodies.from_blocks(data["body"], media)
            page = home.add_child(instance=PlainPage(**data))
            page.save_revision().publish()
            created += 1
    return created


def _load_articles() -> int:
    links = []
    with Importer(Options(source=SOURCE, publish=True)) as importer:
        for path in sorted(FOLDER.glob("articles-*.jsonl")):
            for line in read_lines(path):
                article = parse_line(line)
                importer.save(article, FOLDER)
                links.append(Links(article.id, article.see_also, article.adapted_from))
    if importer.refused:
        raise ValueError([(line.id, reason) for line, reason in importer.refused])
    link_articles(SOURCE, links)
    return importer.outcomes["created"]


def _load_easy_versions() -> int:
    created = 0
    for data in _read("easy.json"):
        article = ArticlePage.objects.get(source=SOURCE, source_id=data["article"])
        if not article.get_children().exists():
            media = Media(FOLDER, article.house.collection)
            page = EasyArticlePage(
                title=data["title"],
                picture=media.picture(data["picture"], credit="Dessin : Maillage"),
                picture_alt=data["picture_alt"],
                body=[(block["type"], block["value"]) for block in data["body"]],
                locale=article.locale,
            )
            article.add_child(instance=page)
            page.save_revision().publish()
            created += 1
    return created


def _load_site() -> None:
    data = _read("site.json")
    site = Site.objects.get(is_default_site=True)
    site_settings = SiteSettings.for_site(site)
    if site_settings.email:
        return
    for name, value in {**data["identity"], **data["legal"]}.items():
        setattr(site_settings, name, value)
    site_settings.navigation = _navigation(NAVIGATION)
    site_settings.footer_navigation = _navigation(FOOTER)
    site_settings.social = [("address", address) for address in data["social"]]
    site_settings.save()
    _load_home(data)


def _navigation(links) -> list:
    """Links to the pages of the site at these addresses; to the address itself where it is no page."""
    slugs = {f"/{page.slug}/": page for page in first_home().get_children()}
    return [
        (
            "link",
            {
                "page": slugs.get(url),
                "url": "" if url in slugs else url,
                "label": label,
                "label_translations": {},
            },
        )
        for url, label in links
    ]


def _load_home(data: dict) -> None:
    home = first_home()
    home.heading, home.highlight = data["identity"]["tagline"], data["hero_highlight"]
    home.introduction = data["introduction"]
    home.suggestions = [("search", words) for words in data["suggested_searches"]]
    articles = ArticlePage.objects.filter(source=SOURCE, source_id__in=data["highlights"])
    home.highlights = [
        HomeHighlight(article=article, sort_order=data["highlights"].index(article.source_id))
        for article in articles
    ]
    home.save_revision().publish()


def _load_accounts(password: str) -> int:
    User = get_user_model()
    created = 0
    for username, (first_name, last_name, house, role) in ACCOUNTS.items():
        if User.objects.filter(username=username).exists():
            continue
        user = User.objects.create_user(
            username,
            f"{slugify(username)}@maillage.example.org",
            password,
            first_name=first_name,
            last_name=last_name,
            is_superuser=username == "admin",
        )
        UserProfile.objects.create(user=user, preferred_language="fr")
        if house:
            Membership.objects.create(user=user, house=House.objects.get(slug=house), role=role)
        if username == "editor":
            user.groups.add(Group.objects.get(name=NETWORK_EDITORS))
        created += 1
    return created
