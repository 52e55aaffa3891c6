"""What search engines are told: every public page, in each language, with its translations."""

from collections import defaultdict

from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from portal.routing import site_of
from portal.visibility import publicly_visible


class PublicSitemap(Sitemap):
    def items(self):
        """The public pages of the site in each of its languages; what repeats another language is left out."""
        return self._public.order_by("path").defer_streamfields().specific()

    @cached_property
    def _public(self):
        roots = site_of(self.request).root_page.get_translations(inclusive=True)
        pages = Page.objects.none()
        for path in roots.values_list("path", flat=True):
            pages |= Page.objects.filter(path__startswith=path)
        return pages.filter(publicly_visible(), alias_of__isnull=True)

    @cached_property
    def _by_translation(self) -> dict:
        """The pages that translate one another, by what they have in common."""
        groups = defaultdict(list)
        for page in self._public.select_related("locale"):
            groups[page.translation_key].append(page)
        return groups

    def _urls(self, page, protocol, domain):
        urls = []
        for item in self.paginator.page(page).object_list.iterator():
            together = self._by_translation[item.translation_key]
            urls.append(
                {
                    "location": self.location(item),
                    "lastmod": self.lastmod(item),
                    "alternates": [
                        {
                            "lang_code": other.locale.language_code,
                            "location": self.location(other),
                        }
                        for other in together
                        if len(together) > 1
                    ],
                }
            )
        return urls
