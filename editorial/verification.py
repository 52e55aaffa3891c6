"""A year after an article was put online, or verified, its house is asked whether it is still true."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.log_actions import log

from articles.models import ArticlePage
from editorial.mailing import Message, post
from editorial.models import Answer, Verification
from editorial.people import leads, members, network_editors
from houses.models import HousePage

HOLDS = timedelta(days=365)  # what was said or put online is taken for true that long
REMINDER = timedelta(days=30)
NAMED = 15  # articles named in one mail


@transaction.atomic
def ask_due(now: datetime) -> int:
    """Ask what is due at `now`, remind of what was left unanswered once; return about how many articles."""
    Verification.objects.bulk_create(
        [Verification(page_id=pk, asked_at=now) for pk in _due(now)],
        ignore_conflicts=True,  # another process asks at the same time
    )
    asked = Verification.objects.waiting().filter(asked_at=now)
    forgotten = Verification.objects.waiting().filter(
        asked_at__lte=now - REMINDER, reminded_at=None, page__live=True
    )
    articles = list(_articles(asked)) + list(_articles(forgotten))
    forgotten.update(reminded_at=now)
    _write(articles, f"verification:{now.isoformat()}")
    return len(articles)


def answer(page, user, answer: Answer, note: str = "") -> Verification:
    """Keep what `user` says of `page`, asked or not."""
    verification = Verification.objects.waiting().filter(page=page.pk).first()
    verification = verification or Verification(page_id=page.pk)
    verification.answer, verification.note, verification.by = answer, note, user
    verification.answered_at = timezone.now()
    verification.save()
    data = {"answer": answer, "note": note}
    log(instance=page.specific, action="editorial.verify", user=user, data=data)
    return verification


def last_answer(page) -> Verification | None:
    return Verification.objects.answered().filter(page=page.pk).order_by("-answered_at").first()


def last_answer_columns() -> dict[str, Subquery]:
    """Return what a query of pages is annotated with to show the last answer of each."""
    answers = _answers()
    return {
        "verified_answer": Subquery(answers.values("answer")[:1]),
        "verified_at": Subquery(answers.values("answered_at")[:1]),
    }


def _answers():
    """What was answered of the page of an outer query, the last first."""
    return Verification.objects.answered().filter(page=OuterRef("pk")).order_by("-answered_at")


def _due(now):
    """The keys of the articles of which nobody has said for a year that they are true.

    To put a text online is to say so; what is no longer done is asked no more.
    """
    waiting = Verification.objects.waiting().filter(page=OuterRef("pk"))
    said_at = Greatest(Coalesce("verified_at", "last_published_at"), "last_published_at")
    return (
        ArticlePage.objects.live()
        .annotate(**last_answer_columns())
        .annotate(said_at=said_at)
        .filter(~Exists(waiting), said_at__lte=now - HOLDS)
        .filter(Q(verified_answer=None) | ~Q(verified_answer=Answer.GONE))
        .values_list("pk", flat=True)
    )


def _articles(verifications):
    pages = verifications.values("page")
    return ArticlePage.objects.filter(pk__in=pages).select_related("owner").order_by("title")


def _write(articles, event: str) -> None:
    """Write to each person once, about all that they are asked."""
    of_house, concerned = defaultdict(list), defaultdict(list)
    houses = {page.path: page.house for page in HousePage.objects.above(articles)}
    for article in articles:
        of_house[houses[article.house_path]].append(article)
    for house, theirs in of_house.items():
        for article, people in _asked(house, theirs):
            for person in people:
                concerned[person].append(article)
    post(event, concerned, lambda person: _message(concerned[person]))


def _asked(house, articles):
    """Give each article with its people: author, if still of the house, and leads; the network where nobody is left."""
    chief, everybody = set(leads(house)), set(members(house))
    for article in articles:
        people = chief | ({article.owner} & everybody)
        yield article, people or set(network_editors())


def _message(articles) -> Message:
    titles = [f"«\u00a0{article.title}\u00a0»" for article in articles[:NAMED]]
    more = len(articles) - len(titles)
    if more:
        others = ngettext("and %(count)d other.", "and %(count)d others.", more)
        titles.append(others % {"count": more})
    one = articles[0] if len(articles) == 1 else None
    return Message(
        subject=gettext("Is it still true?"),
        paragraphs=[
            ngettext(
                "An article of your house has been online for a year. Is it still true?",
                "Articles of your house have been online for a year. Are they still true?",
                len(articles),
            ),
            *titles,
            gettext("Three answers, one click: still true, it has changed, it is no longer done."),
        ],
        action=gettext("Answer"),
        url=reverse("editorial_verify", args=[one.pk]) if one else reverse("editorial_to_verify"),
    )
