"""The terms and the houses that an article names, looked up in the site."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Locale

from exchange.errors import LineError
from houses.models import House, HousePage
from search.text import fold


class Terms:
    """Finds categories, typologies and tags by their labels; creates those that are missing where `create` is true.

    What it remembers is right as long as nothing is rolled back: `forget` then.
    """

    def __init__(self, *, create: bool):
        self.create = create
        self._known = {}

    def forget(self) -> None:
        self._known.clear()

    def find(self, model, labels: list[str]) -> list:
        """Return the terms with these labels, each once, in order."""
        return list(dict.fromkeys(self._term(model, label) for label in labels))

    def _term(self, model, label: str):
        key = (model, fold(label))
        if key not in self._known:
            term = model.objects.labelled(label).first()
            self._known[key] = term or self._new_term(model, label)
        return self._known[key]

    def _new_term(self, model, label: str):
        longest = model._meta.get_field("name").max_length
        if len(label) > longest:
            message = _("“%(label)s…” has %(length)s characters, %(longest)s at most")
            values = {"label": label[:40], "length": len(label), "longest": longest}
            raise LineError(message % values)
        if not self.create:
            message = _("there is no %(kind)s “%(label)s”, and new ones are not allowed")
            raise LineError(message % {"kind": model._meta.verbose_name, "label": label})
        return model.objects.create(name=label)


def houses_by_name() -> dict[str, House]:
    """Return the houses by each way to write them, folded: `fold` a name, then look it up."""
    houses = {}
    for house in House.objects.all():
        for name in _names(house):
            houses.setdefault(name, house)
    return houses


def _names(house: House) -> set[str]:
    """The ways to write a house: its name, short name or acronym, one with the other in brackets."""
    name, acronym = fold(house.name), fold(house.acronym)
    names = {name, house.slug} - {""}
    return names | ({acronym, f"{acronym} ({name})", f"{name} ({acronym})"} if acronym else set())


class Houses:
    """Finds the houses that an article names, and the page of the responsible one.

    The houses and their pages are read once.

    Parameters
    ----------
    default: responsible for articles that name none; the network's own where it is None.
    """

    def __init__(self, default: House | None = None):
        self.default = default
        self._pages = {}

    @cached_property
    def _by_name(self) -> dict[str, House]:
        return houses_by_name()

    def find(self, names: list[str], language: str) -> tuple[HousePage, list[House]]:
        """Return the page below which the article goes, and the partner houses, each once."""
        houses = [self._house(name) for name in names]
        responsible = houses[0] if houses else self.default or self._network
        partners = [house for house in dict.fromkeys(houses) if house != responsible]
        return self._page(responsible, language), partners

    def _house(self, name: str) -> House:
        if house := self._by_name.get(fold(name)):
            return house
        raise LineError(_("there is no house “%(name)s”") % {"name": name[:100]})

    @cached_property
    def _network(self) -> House:
        try:
            return House.objects.network().get()
        except House.DoesNotExist as error:
            raise LineError(_("the network has no house of its own yet")) from error

    def _page(self, house: House, language: str) -> HousePage:
        key = (house.pk, language)
        if key not in self._pages:
            locale = Locale.objects.filter(language_code=language).first()
            pages = HousePage.objects.filter(house=house, locale=locale)
            page = pages.select_related("house", "locale").first()
            if page is None:
                message = _("the house “%(house)s” has no page in this language: %(language)s")
                raise LineError(message % {"house": house, "language": language})
            self._pages[key] = page
        return self._pages[key]
