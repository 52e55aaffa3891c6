from wagtail.admin.forms import WagtailAdminPageForm

from articles.models.terms import Tag
from portal.text import first_free, title_slug
from search.text import fold


class ArticleForm(WagtailAdminPageForm):
    """The form of an article; a tag typed in another spelling is the tag that exists.

    The short name of its address is made from the title where it is left empty.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug or self.parent_page is None:
            return slug
        base = title_slug(self.cleaned_data.get("title", "")) or "article"
        siblings = self.parent_page.get_children()
        return first_free(base, lambda slug: siblings.filter(slug=slug).exists())

    def clean_tags(self):
        names = self.cleaned_data["tags"]
        known = {tag.key: tag.name for tag in Tag.objects.filter(key__in=map(fold, names))}
        return list(dict.fromkeys(known.get(fold(name), name) for name in names))
