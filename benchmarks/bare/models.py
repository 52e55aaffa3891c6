from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class BarePage(Page):
    """The least that a Wagtail page with a rich text can be."""

    body = StreamField([("paragraph", RichTextBlock())])
