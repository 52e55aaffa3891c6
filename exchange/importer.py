"""Articles written from elsewhere: JSON Lines and captures go through here, and nowhere else."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from articles.models import ArticlePage, Category, Tag, Typology
from exchange import bodies
from exchange.bulk import NewArticle, create_articles
from exchange.errors import LineError
from exchange.lines import ArticleLine
from exchange.lookups import Houses, Terms
from exchange.media import Media, delete_files
from exchange.models import ImportRecord
from houses.models import House, HousePage
from portal.admin_search import learn_sizes

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
# Edited here since its import: left as it is.
KEPT = "kept"
REFUSED = "refused"
# What an article is given by its type and its place in the tree.
GIVEN = ["content_type", "path", "depth", "slug", "url_path", "locale"]


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
    withdrawn: bool


class Importer:
    """Writes articles: new ones in batches, each batch whole or not at all, changed ones one by one.

    `outcomes` counts what was done; `refused` holds (line, reason) for each article that was not written,
    `notes` (line, note) for what a person should look at.
    Use it as a context manager: the last batch is written at the end.
    """

    BATCH = 50

    def __init__(self, options: Options, user=None):
        self.options, self.user = options, user
        self.outcomes = Counter()
        self.refused, self.notes = [], []
        self._batch, self._added_files = [], []
        self._terms, self._houses = Terms(create=options.new_terms), Houses(options.house)
        self._known = self._known_articles()

    def __enter__(self):
        return self

    def __exit__(self, exception_type, *exception):
        if exception_type is None:
            self.flush()
            learn_sizes()

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
        files_before, notes_before = len(self._added_files), len(self.notes)
        try:
            with transaction.atomic():
                write(batch)
        except (LineError, ValidationError, DatabaseError, UnicodeError) as error:
            self._terms.forget()
            added, self._added_files = self._added_files, self._added_files[:files_before]
            delete_files(added[files_before:])
            del self.notes[notes_before:]
            if len(batch) > 1:
                for item in batch:
                    self._try(write, [item])
            else:
                self._refuse(batch[0][0], error)

    def _refuse(self, line: ArticleLine, error: Exception) -> None:
        self.outcomes[REFUSED] += 1
        self.refused.append((line, _reason(error)))

    def undo_files(self) -> None:
        """Delete the files written: to be called where all that was imported is rolled back."""
        delete_files(self._added_files)

    def _to_publish(self, known) -> bool:
        waits = not (known.live or known.withdrawn or known.edited_since)
        return self.options.publish and waits

    def _create(self, batch) -> None:
        new = []
        for line, folder in batch:
            house_page, partners = self._houses.find(line.houses, line.language)
            article = ArticlePage(source=self.options.source, source_id=line.id, owner=self.user)
            self._fill(article, line, self._media(folder, house_page))
            article.partner_houses = partners
            article.clean_fields(exclude=GIVEN)
            new.append(NewArticle(article, house_page, line.digest))
        records = create_articles(new, publish=self.options.publish, user=self.user)
        self.outcomes[CREATED] += len(records)

    def _update(self, batch) -> None:
        line, folder = batch[0]
        record = ImportRecord.objects.get(pk=self._known[line.id].record_id)
        article = record.article.get_latest_revision_as_object()
        house_page, partners = self._houses.find(line.houses, line.language)
        article.partner_houses = self._partners(article, line, house_page.house, partners)
        self._fill(article, line, self._media(folder, article.house_page))
        article.clean_fields(exclude=GIVEN)
        revision = article.save_revision(user=self.user, log_action=True)
        if article.live or (self.options.publish and not article.first_published_at):
            revision.publish(user=self.user, skip_permission_checks=True)
        record.article, record.digest, record.revision = article, line.digest, revision
        record.save()
        self.outcomes[UPDATED] += 1

    def _partners(self, article, line, named: House, partners: list[House]) -> list[House]:
        """Return the partner houses of an article that is not moved: a person may have put it where it is."""
        here = article.house_page.house
        if named == here:
            return partners
        message = _("the article stays with “%(here)s”; “%(named)s” is its partner")
        self.notes.append((line, message % {"here": here, "named": named}))
        return [house for house in [named, *partners] if house != here]

    def _media(self, folder, house_page: HousePage) -> Media:
        return Media(folder, house_page.house.collection, self._added_files)

    def _known_articles(self) -> dict[str, Known]:
        records = ImportRecord.objects.filter(article__source=self.options.source).annotate(
            edited=~Q(revision=F("article__latest_revision")),
            withdrawn=Q(article__live=False, article__first_published_at__isnull=False),
        )
        fields = ("article__source_id", "pk", "digest", "edited", "article__live", "withdrawn")
        rows = records.values_list(*fields)
        return {source_id: Known(*row) for source_id, *row in rows}

    def _fill(self, article: ArticlePage, line: ArticleLine, media: Media) -> None:
        article.title, article.summary = line.title, line.summary
        article.published_on = line.date
        article.commune, article.department = line.commune, line.department
        for name, value in line.event.items():
            setattr(article, name, value)
        article.body = self._body(article, line, media)
        article.contacts = _checked(article, "contacts", "contact", line.contacts)
        links = [{**link, "label": link.get("label") or link["url"]} for link in line.links]
        article.links = _checked(article, "links", "link", links)
        article.categories = self._terms.find(Category, line.categories)
        article.typologies = self._terms.find(Typology, line.typologies)
        article.imported_tags = self._terms.find(Tag, line.tags)
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
        article.picture, main = pictures[0] if pictures else (None, {})
        article.picture_alt = main.get("alt", "")[:255]
        for picture, image in pictures[1:]:
            alt = image.get("alt", "")
            value = {"image": picture.pk, "alt_text": alt, "decorative": not alt}
            body.append(bodies.block("image", {"image": value, "caption": ""}))
        return body


def _checked(article: ArticlePage, name: str, kind: str, values: list[dict]) -> list[tuple]:
    """Return the blocks of a list, as the editor would have let them in.

    Raises LineError for one that it would refuse.
    """
    definition = article._meta.get_field(name).stream_block.child_blocks[kind]
    try:
        return [(kind, definition.clean(definition.to_python(value))) for value in values]
    except ValidationError as error:
        raise LineError(f"{name} : {bodies.in_words(error)}") from error


def _reason(error: Exception) -> str:
    """Return why an article was refused, in words."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, UnicodeError):
        return _("it holds half of a character, which cannot be stored")
    if isinstance(error, DatabaseError):
        return _("the database refused it: %(error)s") % {"error": error}
    return str(error)
