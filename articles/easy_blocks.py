"""What an easy version is made of: few kinds of pieces, none with formatting."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks import PictureBlock


class EasyHeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "articles/blocks/easy_heading.html"


class EasyTextBlock(blocks.TextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "articles/blocks/easy_text.html"


class EasyListBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(blocks.CharBlock(label=_("Point")), min_num=1, **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "articles/blocks/easy_list.html"


class EasyBodyBlock(blocks.StreamBlock):
    heading = EasyHeadingBlock(max_length=100)
    text = EasyTextBlock(help_text=_("One sentence a line, one idea a sentence."))
    picture = PictureBlock()
    list = EasyListBlock(help_text=_("Short points, of the same kind."))
