"""The tabs of an article's form, grouped as people think: what happened, where and when, what it is about, who."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)

from articles.models.terms import Tag
from portal.text import first_free, fold, title_slug

CONTENT_PANELS = [
    TitleFieldPanel(
        "title",
        placeholder=_("What you did, in one line"),
        help_text=_("For example «A shared tool shed for twenty-two associations»."),
    ),
    FieldPanel("summary"),
    MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Main picture")),
    FieldPanel("body"),
]

WHERE_AND_WHEN_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("event_place"), FieldPanel("event_date")]),
            FieldRowPanel([FieldPanel("speaker"), FieldPanel("speaker_role")]),
        ],
        _("Where it was told"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("commune"), FieldPanel("department")])], _("Where it was tried")
    ),
    FieldPanel("published_on"),
]

CLASSIFICATION_PANELS = [
    FieldPanel(
        "categories",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the article is about: one to three."),
    ),
    FieldPanel(
        "typologies", widget=forms.CheckboxSelectMultiple, help_text=_("What kind of text it is.")
    ),
    FieldPanel("tags"),
    FieldPanel("partner_houses", widget=forms.CheckboxSelectMultiple),
]

PEOPLE_PANELS = [
    FieldPanel("contacts"),
    FieldPanel("links", help_text=_("Pages of other sites that help to do it too.")),
    InlinePanel(
        "related_articles",
        label=_("Related article"),
        heading=_("See also"),
        help_text=_("Other articles of the network worth reading next."),
    ),
    PageChooserPanel("adapted_from", "articles.ArticlePage"),
]


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
