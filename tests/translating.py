"""A text in two languages, translated as people do in the admin."""

from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation


def english():
    return Locale.objects.get(language_code="en")


def translate(client, user, page):
    """Ask for a translation of `page` into English; return it, None where it was refused."""
    client.force_login(user)
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    client.post(address, {"locales": [english().pk]})
    return page.get_translations().filter(locale=english(), alias_of=None).specific().first()


def words_of(page) -> Translation:
    """What keeps the words of the translation `page`."""
    return Translation.objects.get(
        source__object=page.translation_key, target_locale=page.locale_id
    )


def say(page, **words):
    """Translate passages of `page`: where their path begins so, or all those that are left, as «EN: …»."""
    translation = words_of(page)
    for passage in translation.source.stringsegment_set.exclude(context__path="slug"):
        StringTranslation.objects.get_or_create(
            translation_of=passage.string,
            context=passage.context,
            locale=translation.target_locale,
            defaults={"data": words.get(passage.context.path, f"EN: {passage.string.data}")},
        )


def save(client, user, page, **asked):
    client.force_login(user)
    return client.post(reverse("editorial_translation", args=[page.pk]), asked, follow=True)


def submit(client, user, page):
    return save(client, user, page, submit="1")
