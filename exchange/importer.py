"""Articles written from elsewhere: JSON Lines and captures go through here, and nowhere else."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.models import Locale

from articles.models import ArticlePage, Category, Tag, Typology
from exchange import bodies
from exchange.bulk import NewArticle, create_articles
from exchange.errors import LineError
from exchange.lines import ArticleLine
from exchange.media import Media
from exchange.models import ImportRecord
from houses.models import House, HousePage
from portal.text import fold

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
# Edited here since its import: left as it is.
KEPT = "kept"
REFUSED = "refused"


@dataclass
class Options:
    """What an import is asked to do.

    Parameters
    ----------
    source: name of where the articles come from; with their id, it is their identity.
    house: responsible for articles that name none; the network's own where it is None.
    publish: put the articles online; otherwise they are drafts.
    new_terms: create the categories, typologies and tags that are missing; otherwise refuse the line.
    """

    source: str
    house: House | None = None
    publish: bool = False
    new_terms: bool = True


class Known(NamedTuple):
    """What is remembered of an article already imported."""

    record_id: int
    digest: str
    edited_since: bool
    live: bool


class Importer:
    """Writes articles: new ones in batches, each batch whole or not at all, changed ones one by one.

    `outcomes` counts what was done; `refused` holds (line, reason) for each article that was not written.
    Use it as a context manager: the last batch is written at the end.
    """

    BATCH = 50

    def __init__(self, options: Options, user=None):
        self.options, self.user = options, user
        self.outcomes = Counter()
        self.refused = []
        self._batch = []
        self._terms, self._house_pages = {}, {}
        self._known = self._known_articles()

    def __enter__(self):
        return self

    def __exit__(self, exception_type, *exception):
        if exception_type is None:
            self.flush()

    def save(self, line: ArticleLine, folder) -> None:
        """Write the article of `line`, now or with the next ones; pictures are read from `folder`."""
        known = self._known.get(line.id)
        if known is None:
            self._batch.append((line, folder))
            if len(self._batch) == self.BATCH:
                self.flush()
        elif known.digest == line.digest and not self._to_publish(known):
            self.outcomes[UNCHANGED] += 1
        elif known.edited_since:
            self.outcomes[KEPT] += 1
        else:
            self._try(self._update, [(line, folder)])

    def flush(self) -> None:
        """Write the articles that wait."""
        batch, self._batch = self._batch, []
        if batch:
            self._try(self._create, batch)

    def _try(self, write, batch) -> None:
        """Call `write` on `batch`; where one article spoils it, write the others without it."""
        try:
            with transaction.atomic():
                write(batch)
        except (LineError, ValidationError, DatabaseError) as error:
            self._terms.clear()
            if len(batch) > 1:
                for item in batch:
                    self._try(write, [item])
            else:
                self.outcomes[REFUSED] += 1
                self.refused.append((batch[0][0], _reason(error)))

    def _to_publish(self, known) -> bool:
        return self.options.publish and not known.live and not known.edited_since

    def _create(self, batch) -> None:
        new = []
        for line, folder in batch:
            house_page, partners = self._houses(line)
            article = ArticlePage(source=self.options.source, source_id=line.id, owner=self.user)
            self._fill(article, line, Media(folder, house_page.house.collection))
            article.partner_houses = partners
            article.clean_fields(exclude=["path", "depth", "slug", "url_path", "locale"])
            new.append(NewArticle(article, house_page, line.digest))
        records = create_articles(new, publish=self.options.publish, user=self.user)
        self.outcomes[CREATED] += len(records)

    def _update(self, batch) -> None:
        line, folder = batch[0]
        record = ImportRecord.objects.get(pk=self._known[line.id].record_id)
        article = record.article.get_latest_revision_as_object()
        house_page, article.partner_houses = self._houses(line)
        self._fill(article, line, Media(folder, house_page.house.collection))
        revision = article.save_revision(user=self.user)
        if self.options.publish or article.live:
            revision.publish(user=self.user, skip_permission_checks=True)
        record.article, record.digest, record.revision = article, line.digest, revision
        record.save()
        self.outcomes[UPDATED] += 1

    def _known_articles(self) -> dict[str, Known]:
        records = ImportRecord.objects.filter(article__source=self.options.source).annotate(
            edited=~Q(revision=F("article__latest_revision"))
        )
        rows = records.values_list("article__source_id", "pk", "digest", "edited", "article__live")
        return {source_id: Known(*row) for source_id, *row in rows}

    def _fill(self, article: ArticlePage, line: ArticleLine, media: Media) -> None:
        article.title, article.summary = line.title, line.summary
        article.published_on = line.date
        article.commune, article.department = line.commune, line.department
        for name, value in line.event.items():
            setattr(article, name, value)
        article.body = self._body(article, line, media)
        article.contacts = [("contact", contact) for contact in self._contacts(line)]
        article.links = [
            (
                "link",
                {"url": link["url"], "label": link.get("label") or link["url"], "description": ""},
            )
            for link in line.links
        ]
        article.categories = self._find_terms(Category, line.categories)
        article.typologies = self._find_terms(Typology, line.typologies)
        article.imported_tags = self._find_terms(Tag, line.tags)
        if article.pk:
            article.tags.set(article.imported_tags, clear=True)

    def _body(self, article, line: ArticleLine, media: Media) -> list[dict]:
        """Return the body; the first picture becomes the article's own, the others end the body."""
        if line.body_format == "blocks":
            body = bodies.from_blocks(line.body, media)
        else:
            body = getattr(bodies, f"from_{line.body_format}")(line.body)
        pictures = [
            (media.picture(image["file"], image.get("credit", ""), image.get("alt", "")), image)
            for image in line.images
        ]
        if pictures:
            article.picture, article.picture_alt = (
                pictures[0][0],
                pictures[0][1].get("alt", "")[:255],
            )
        for picture, image in pictures[1:]:
            alt = image.get("alt", "")
            value = {"image": picture.pk, "alt_text": alt, "decorative": not alt}
            body.append(bodies.block("image", {"image": value, "caption": ""}))
        return body

    def _contacts(self, line: ArticleLine) -> list[dict]:
        fields = ("name", "role", "organisation", "email", "phone")
        return [{name: contact.get(name) or "" for name in fields} for contact in line.contacts]

    def _find_terms(self, model, labels: list[str]) -> list:
        return [self._term(model, label) for label in labels]

    def _term(self, model, label: str):
        """Return the term with this label; create it where that is allowed."""
        key = (model, fold(label))
        if key not in self._terms:
            term = model.objects.labelled(label).first()
            if term is None and not self.options.new_terms:
                message = _("there is no %(kind)s “%(label)s”, and new ones are not allowed")
                raise LineError(message % {"kind": model._meta.verbose_name, "label": label})
            self._terms[key] = term or model.objects.create(name=label)
        return self._terms[key]

    def _houses(self, line: ArticleLine) -> tuple[HousePage, list[House]]:
        """Return the page under which the article goes, and the partner houses."""
        houses = [self._house(name) for name in line.houses]
        responsible = houses[0] if houses else self.options.house or self._network()
        return self._house_page(responsible, line.language), houses[1:]

    def _house(self, name: str) -> House:
        wanted = fold(name)
        for house in House.objects.all():
            if wanted in {house.slug, fold(house.name), fold(house.acronym)}:
                return house
        raise LineError(_("there is no house “%(name)s”") % {"name": name[:100]})

    def _network(self) -> House:
        try:
            return House.objects.network().get()
        except House.DoesNotExist as error:
            raise LineError(_("the network has no house of its own yet")) from error

    def _house_page(self, house: House, language: str) -> HousePage:
        key = (house.pk, language)
        if key not in self._house_pages:
            locale = Locale.objects.filter(language_code=language).first()
            page = (
                HousePage.objects.filter(house=house, locale=locale).select_related("house").first()
            )
            if page is None:
                message = _("the house “%(house)s” has no page in this language: %(language)s")
                raise LineError(message % {"house": house, "language": language})
            self._house_pages[key] = page
        return self._house_pages[key]


def _reason(error: Exception) -> str:
    """Return why an article was refused, in words."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError):
        return _("the database refused it: %(error)s") % {"error": error}
    return str(error)
