"""Links to other sites are read from what is online, tried in turns, and called broken after three days."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial import link_checks
from editorial.link_checks import check_some, links_of
from editorial.link_fetching import Answer, Pace
from editorial.models import LinkCheck, LinkRound, LinkUse, Problem
from tests.factories import ArticlePageFactory, HousePageFactory, stored
from tests.portal.reading import says, text_of

DAY = timedelta(days=1)
GOOD, GONE = Answer(200, Problem.NONE), Answer(404, Problem.ANSWER)
LOST = Answer(None, Problem.NO_HOST)


@pytest.fixture
def web(monkeypatch):
    """What each address answers, by its beginning, and the addresses that were tried."""
    answers, tried = {}, []

    def fetch(url, pace, **options):
        tried.append(url)
        return next((a for start, a in answers.items() if url.startswith(start)), GOOD)

    monkeypatch.setattr(link_checks, "fetch", fetch)
    answers["tried"] = tried
    return answers


def linking(parent, *urls, **fields):
    text = "".join(f'<p><a href="{url}">lien</a></p>' for url in urls)
    return ArticlePageFactory(parent=parent, body=stored(("paragraph", text)), **fields)


def run(now, **options):
    return check_some(now, pace=Pace(0), **options)


def test_links_are_found_wherever_an_article_has_them(lantern):
    step = {"title": "Un", "text": '<p><a href="https://d.example/?a=1&amp;b=2">d</a></p>'}
    article = ArticlePageFactory(
        parent=lantern,
        body=stored(
            ("paragraph", '<p><a href="https://a.example/">a</a> https://not-a-link.example</p>'),
            ("paragraph", '<p><a linktype="page" id="1">interne</a></p>'),
            ("links", {"links": [{"url": "https://b.example/", "label": "b", "description": ""}]}),
            ("video", {"url": "https://c.example/w/1", "title": "c", "transcript": ""}),
            ("steps", {"steps": [step]}),
        ),
        links=[("link", {"url": "https://e.example/", "label": "e", "description": ""})],
    )
    hosts = {url.split("/")[2] for url in links_of(article)}
    assert hosts == {f"{letter}.example" for letter in "abcde"}
    assert "https://d.example/?a=1&b=2" in links_of(article)


def test_links_of_house_pages_are_found_too(web, db):
    page = HousePageFactory(introduction='<p><a href="https://a.example/">a</a></p>')
    run(timezone.now())
    assert LinkUse.objects.get().page_id == page.pk


def test_links_to_the_site_itself_and_in_drafts_are_not_tried(web, lantern):
    linking(lantern, "http://127.0.0.1:8000/recherche/")
    linking(lantern, "https://draft.example/", live=False)
    run(timezone.now())
    assert not LinkCheck.objects.exists()


def test_a_link_is_forgotten_with_the_pages_that_have_it(web, lantern):
    first, second = (linking(lantern, "https://a.example/") for _time in range(2))
    run(timezone.now())
    first.unpublish()
    run(timezone.now())
    assert LinkUse.objects.get().page_id == second.pk
    second.body = stored(("paragraph", "<p>Sans lien</p>"))
    second.save_revision().publish()
    run(timezone.now())
    assert not LinkCheck.objects.exists()


def test_a_link_is_broken_after_three_days(web, lantern):
    linking(lantern, "https://a.example/")
    web["https://a.example/"] = GONE
    now = timezone.now()
    for day in range(3):
        assert not LinkCheck.objects.broken().exists()
        for hour in (0, 1):  # twice a day is still one day
            run(now + day * DAY + timedelta(minutes=hour))
    link = LinkCheck.objects.broken().get()
    assert (link.first_failed_at, link.status) == (now, 404)


def test_a_link_that_works_again_is_whole(web, lantern):
    linking(lantern, "https://a.example/")
    web["https://a.example/"] = GONE
    now = timezone.now()
    for day in range(3):
        run(now + day * DAY)
    web["https://a.example/"] = GOOD
    run(now + 3 * DAY)
    link = LinkCheck.objects.get()
    assert (link.failed_days, link.first_failed_at, link.problem) == (0, None, "")


def test_a_link_that_works_is_left_alone_for_a_fortnight(web, lantern):
    linking(lantern, "https://a.example/")
    now = timezone.now()
    for days in (0, 1, 13, 14):
        run(now + days * DAY)
    assert len(web["tried"]) == 2


def test_those_that_wait_for_longest_are_tried_first(web, lantern):
    linking(lantern, *(f"https://site{number}.example/" for number in range(5)))
    now = timezone.now()
    done = [run(now + timedelta(minutes=minute), limit=2).checked for minute in range(4)]
    assert done == [2, 2, 1, 0]


def test_hosts_are_asked_in_turns(web, lantern):
    linking(lantern, "https://a.example/1", "https://a.example/2", "https://b.example/1")
    run(timezone.now())
    hosts = [url.split("/")[2] for url in web["tried"]]
    assert hosts in (
        ["a.example", "b.example", "a.example"],
        ["b.example", "a.example", "a.example"],
    )


def test_without_the_network_nothing_is_concluded(web, lantern, client, editor):
    linking(lantern, *(f"https://site{number}.example/" for number in range(6)))
    web["https://"] = LOST
    now = timezone.now()
    for day in range(4):
        assert run(now + day * DAY).is_network_down
    assert not LinkCheck.objects.exclude(last_checked_at=None).exists()
    assert len(web["tried"]) == 4 * link_checks.HOSTS
    client.force_login(editor)
    response = client.get(reverse("editorial_broken_links"))
    assert response.context["last_round"].is_network_down
    assert "rien n’a été conclu" in text_of(response) or "nothing was concluded" in response.text


def test_a_host_that_is_lost_alone_is_broken(web, lantern):
    linking(lantern, "https://lost.example/", "https://a.example/")
    web["https://lost.example/"] = LOST
    now = timezone.now()
    for day in range(3):
        run(now + day * DAY)
    assert LinkCheck.objects.broken().get().url == "https://lost.example/"


def test_few_rounds_are_kept(web, db, monkeypatch):
    monkeypatch.setattr(link_checks, "ROUNDS_KEPT", 2)
    now = timezone.now()
    for minute in range(4):
        run(now + timedelta(minutes=minute))
    assert list(LinkRound.objects.values_list("at", flat=True)) == [
        now + timedelta(minutes=minute) for minute in (3, 2)
    ]


# The report


@pytest.fixture
def broken(web, lantern, harbour):
    """A broken link on an article of each of two houses."""
    web["https://broken.example/"] = GONE
    articles = [
        linking(parent, "https://broken.example/", title=title)
        for parent, title in ((lantern, "Le jardin"), (harbour, "Le bateau"))
    ]
    for day in range(3):
        run(timezone.now() + day * DAY)
    return articles


def report(client, user, **query):
    client.force_login(user)
    return client.get(reverse("editorial_broken_links"), query)


def test_each_house_sees_its_own_broken_links(client, broken, lead, outsider, editor, harbour):
    assert "Le jardin" in text_of(report(client, lead))
    assert "Le bateau" not in text_of(report(client, lead))
    everything = text_of(report(client, editor))
    assert "Le jardin" in everything and "Le bateau" in everything
    assert "https://broken.example/" in everything and "404" in everything
    assert "Le jardin" not in text_of(report(client, editor, house=harbour.house.pk))


def test_the_report_is_exported(client, broken, lead):
    response = report(client, lead, export="csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2 and "https://broken.example/" in lines[1] and "La Lanterne" in lines[1]


def test_the_report_says_that_nothing_is_broken(client, editor):
    assert says(report(client, editor), "Links have not been tried yet.")


def test_the_report_asks_few_queries(client, broken, editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        report(client, editor)
