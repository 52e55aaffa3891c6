"""The tabs of an article's form, grouped as people think: what happened, where and when, what it is about, who."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from portal.models import BasePage

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

TABS = TabbedInterface(
    [
        ObjectList(CONTENT_PANELS, heading=_("What happened")),
        ObjectList(WHERE_AND_WHEN_PANELS, heading=_("Where and when")),
        ObjectList(CLASSIFICATION_PANELS, heading=_("Classification")),
        ObjectList(PEOPLE_PANELS, heading=_("People and links")),
        ObjectList(
            [*BasePage.promote_panels, PublishingPanel(), CommentPanel()], heading=_("Sharing")
        ),
    ]
)
