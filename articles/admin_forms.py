import re

from wagtail.admin.forms import WagtailAdminPageForm

from articles.models.terms import Tag
from portal.text import first_free, title_slug
from search.text import fold


class ArticleForm(WagtailAdminPageForm):
    """The form of an article; a tag typed in another spelling is the tag that exists.

    The short name of its address is made from the title where it is left empty. Before the first publication nobody
    knows the address: it follows the title, and gives way to the articles that have it already.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        written_in = self.instance if self.instance.locale_id else self.parent_page
        if "title" in self.fields and written_in:
            # The language of all the texts of the form: static/js/spoken-form.js has each say so.
            self.fields["title"].widget.attrs["lang"] = written_in.locale.language_code

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if self.parent_page is None or (slug and self.instance.first_published_at):
            return slug
        title = self.cleaned_data.get("title", "")
        if not slug or (slug == self.instance.slug and self._is_of_former_title(slug, title)):
            slug = title_slug(title) or "article"
        siblings = self.parent_page.get_children().exclude(pk=self.instance.pk)
        return first_free(slug, lambda slug: siblings.filter(slug=slug).exists())

    def _is_of_former_title(self, slug: str, title: str) -> bool:
        """Whether `slug` was made from the title that the article had before it was called `title`."""
        former = self.instance.title
        return title != former and bool(re.fullmatch(rf"{title_slug(former)}(-\d+)?", slug))

    def clean_tags(self):
        names = self.cleaned_data["tags"]
        known = {tag.key: tag.name for tag in Tag.objects.filter(key__in=map(fold, names))}
        return list(dict.fromkeys(known.get(fold(name), name) for name in names))
