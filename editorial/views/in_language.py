"""Screens about an article in another language than theirs: its title says which, where they name it."""

from django.contrib.messages import get_messages
from django.utils.functional import cached_property
from django.utils.html import format_html
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page

from portal.languages import mark_titles
from portal.templatetags.portal_tags import display_title, in_language_of


class TitleInItsLanguageMixin:
    """For Wagtail's views of one page: the heading, the way to it and what is said of it when it is saved."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        mark_titles_in_messages(request, self.titled_page())
        return response

    def titled_page(self):
        return getattr(self, "page", None) or self.object

    def get_page_subtitle(self):
        return display_title(self.titled_page())

    def get_header_title(self):
        return format_html("{}: {}", self.get_page_title(), self.get_page_subtitle())

    @cached_property
    def breadcrumbs_items(self):
        page = self.titled_page()
        items = get_breadcrumbs_items_for_page(page, self.request.user)
        return [{**item, "label": in_language_of(item["label"], page)} for item in items]


def mark_titles_in_messages(request, page) -> None:
    """Have what is about to be said of `page`, in words that Wagtail puts together, say in which language its title is."""
    titles = {page.get_admin_display_title(): page.locale.language_code}
    for message in get_messages(request)._queued_messages:
        message.message = mark_titles(message.message, titles)
