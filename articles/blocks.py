"""The blocks of an article's body: one flat stream, two levels at most, one template a block."""

import re
from html import unescape

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments import StringSegmentValue

from articles.footnotes import in_line
from articles.table_input import TableInput

# A screen reader reads a passage that is marked with the voice of its language, where it has one.
PASSAGE_LANGUAGES = {
    "br": _("Breton"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "gcf": _("Antillean Creole"),
    "it": _("Italian"),
    "nl": _("Dutch"),
    "rcf": _("Réunion Creole"),
}
LANGUAGE_FEATURES = [f"lang-{code}" for code in PASSAGE_LANGUAGES]
RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", *LANGUAGE_FEATURES]
# In the HTML of such a text, which is stored clean: no attribute holds a bare «>».
TAG = re.compile(r"<[^>]*>")
PARTING_TAG = re.compile(r"</(?:p|li)>|<br */>")


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=255)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Part")), ("3", _("Sub-part"))],
        default="2",
        label=_("Rank"),
        help_text=_(
            "Parts are listed in the table of contents; a sub-part belongs to the part above it."
        ),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "articles/blocks/heading.html"

    def get_searchable_content(self, value):
        # Not the rank, whose label would be found in every article.
        return self.child_blocks["text"].get_searchable_content(value.get("text", ""))


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "articles/blocks/paragraph.html"

    def get_searchable_content(self, value):
        """Return what Wagtail would, which parses the HTML to find the same."""
        return [unescape(TAG.sub("", PARTING_TAG.sub(" ", value.source)).strip())]

    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("What was said"),
        help_text=_("Without quotation marks: the page adds them."),
    )
    who = blocks.CharBlock(label=_("Who said it"), required=False)
    capacity = blocks.CharBlock(
        label=_("In which capacity"),
        required=False,
        help_text=_("For example «treasurer of a choir»."),
    )
    language = blocks.ChoiceBlock(
        choices=list(PASSAGE_LANGUAGES.items()),
        label=_("In which language"),
        required=False,
        help_text=_("Left empty, that of the article. It is then read aloud with the right voice."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"
        template = "articles/blocks/quotation.html"

    def get_searchable_content(self, value):
        # Not the name of the language, which would be found in every quotation.
        words = ("text", "who", "capacity")
        return [
            piece
            for name in words
            for piece in self.child_blocks[name].get_searchable_content(value.get(name, ""))
        ]


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(
        label=_("Picture"),
        help_text=_("Say what the picture shows, for those who do not see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "articles/blocks/image.html"


class DocumentValue(blocks.StructValue):
    @property
    def is_for_everybody(self) -> bool:
        """Whether everybody can read it: as it is, in its other version, or as text."""
        versions = filter(None, [self["document"], self["accessible_version"]])
        is_told = bool(self["text"].source.strip())
        return is_told or any(version.is_accessible for version in versions)


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Name shown"), required=False, help_text=_("Left empty, the document's own title.")
    )
    accessible_version = DocumentChooserBlock(
        label=_("The same, in a form that everybody can read"),
        required=False,
        help_text=_(
            "Where the document itself cannot be mended: without it, nor the text below, readers are told to ask you "
            "for another form."
        ),
    )
    text = blocks.RichTextBlock(
        label=_("What the document says"),
        required=False,
        features=RICH_TEXT_FEATURES,
        help_text=_("For those who cannot read the document, and for the search."),
    )

    class Meta:
        icon = "doc-full"
        value_class = DocumentValue
        label = _("Document to download")
        template = "articles/blocks/document.html"


class KeyFigureBlock(blocks.StructBlock):
    figure = blocks.CharBlock(
        label=_("Figure"), max_length=20, help_text=_("For example «26» or «1 200 €».")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        label = _("Figure")


class KeyFiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=6)
    source = blocks.CharBlock(label=_("Where the figures come from"), required=False)

    class Meta:
        icon = "order"
        label = _("Key figures")
        template = "articles/blocks/key_figures.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"))
    text = blocks.RichTextBlock(label=_("How"), required=False, features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps of the method")
        template = "articles/blocks/steps.html"


class TakeawaysBlock(blocks.StructBlock):
    points = blocks.ListBlock(blocks.TextBlock(label=_("Point")), label=_("Points"), min_num=1)

    class Meta:
        icon = "thumbtack"
        label = _("Worth remembering")
        template = "articles/blocks/takeaways.html"


class SessionValue(blocks.StructValue):
    @property
    def mode_label(self) -> str:
        return dict(SESSION_MODES).get(self["mode"], "")


SESSION_MODES = [
    ("on_site", _("on site")),
    ("online", _("online")),
    ("hybrid", _("on site and online")),
]


class SessionBlock(blocks.StructBlock):
    theme = blocks.CharBlock(label=_("Theme"))
    date = blocks.DateBlock(label=_("Date"), required=False)
    start = blocks.TimeBlock(label=_("Beginning"), required=False)
    end = blocks.TimeBlock(label=_("End"), required=False)
    mode = blocks.ChoiceBlock(choices=SESSION_MODES, label=_("How people met"), required=False)
    place = blocks.CharBlock(label=_("Place"), required=False)
    associations = blocks.ListBlock(
        blocks.CharBlock(label=_("Association")), label=_("Associations taking part"), default=[]
    )

    class Meta:
        label = _("Session")
        value_class = SessionValue

    def clean(self, value):
        value = super().clean(value)
        if value["start"] and value["end"] and value["end"] <= value["start"]:
            raise blocks.StructBlockValidationError(
                {"end": ValidationError(_("The end must come after the beginning."))}
            )
        return value


class SessionsBlock(blocks.StructBlock):
    sessions = blocks.ListBlock(SessionBlock(), label=_("Sessions"), min_num=1)

    class Meta:
        icon = "date"
        label = _("Sessions")
        template = "articles/blocks/sessions.html"


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(label=_("Role"), required=False)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), required=False, max_length=30)

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "articles/blocks/contact.html"


class LinkBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Address"))
    label = blocks.CharBlock(
        label=_("Text of the link"), help_text=_("What one finds there, in a few words.")
    )
    description = blocks.CharBlock(label=_("Description"), required=False)

    class Meta:
        icon = "link-external"
        label = _("Link")


class LinksBlock(blocks.StructBlock):
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Links")
        template = "articles/blocks/links.html"


CAPTION = "table_caption"


class TableBlock(WagtailTableBlock):
    class Meta:
        icon = "table"
        label = _("Table")
        template = "articles/blocks/table.html"

    @cached_property
    def field(self):
        return forms.CharField(widget=TableInput(), **self.field_options)

    def clean(self, value):
        if value and not value.get("table_header_choice") and not self.is_deferred_validation:
            raise ValidationError(_("Choose which cells of the table name the others."))
        return super().clean(value)

    def get_translatable_segments(self, value):
        """Each cell that says something, called by its row and column, and the caption."""
        value = value or {}
        cells = {
            f"{row}-{column}": str(cell)
            for row, line in enumerate(value.get("data") or [])
            for column, cell in enumerate(line)
            if cell
        }
        said = {**cells, CAPTION: value.get(CAPTION) or ""}
        return [StringSegmentValue(path, text) for path, text in said.items() if text]

    def restore_translated_segments(self, value, segments):
        table = {**value, "data": [list(line) for line in value["data"]]}
        for segment in segments:
            text = segment.render_text()
            if segment.path == CAPTION:
                table[CAPTION] = text
            else:
                row, column = map(int, segment.path.split("-"))
                table["data"][row][column] = text
        return table


# Page address of a video -> address of its player. Only these are framed; others are plain links.
PLAYERS = [
    (
        re.compile(
            r"^https://(?:www\.youtube\.com/watch\?(?:.*&)?v=|youtu\.be/)([\w-]{11})(?:[&?#].*)?$"
        ),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (re.compile(r"^https://vimeo\.com/(\d+)$"), "https://player.vimeo.com/video/{}?dnt=1"),
    (
        re.compile(r"^https://www\.dailymotion\.com/video/(\w+)$"),
        "https://geo.dailymotion.com/player.html?video={}",
    ),
    # PeerTube, whatever the instance.
    (re.compile(r"^(https://[\w.-]+/)(?:w|videos/watch)/([\w-]+)$"), "{}videos/embed/{}"),
]


class VideoValue(blocks.StructValue):
    @property
    def player_url(self) -> str:
        """Address to frame, empty where the site of the video is not known."""
        for page_address, player in PLAYERS:
            if match := page_address.match(self["url"]):
                return player.format(*match.groups())
        return ""

    @property
    def framed_url(self) -> str:
        """Address of its player, empty where it would leave out those who do not hear it, or do not see it."""
        return self.player_url if self.get("captioned") and self.get("told") else ""

    @property
    def host(self) -> str:
        return self["url"].split("/")[2] if self["url"].count("/") >= 2 else ""


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(
        label=_("Address of the video"),
        help_text=_("The page where it can be seen: PeerTube, YouTube, Vimeo or Dailymotion."),
    )
    title = blocks.CharBlock(label=_("Title"))
    transcript = blocks.RichTextBlock(
        label=_("What is said and shown"),
        required=False,
        features=RICH_TEXT_FEATURES,
        help_text=_("For those who cannot see or hear the video, and for the search."),
    )
    captioned = blocks.BooleanBlock(
        label=_("It has subtitles, or nobody speaks in it"), required=False
    )
    told = blocks.BooleanBlock(
        label=_("One understands it without seeing it"),
        required=False,
        help_text=_(
            "What matters is said aloud, or an audio description says it. Until both boxes are ticked, "
            "the article leads to the video by a link and does not play it."
        ),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        template = "articles/blocks/video.html"
        value_class = VideoValue


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quotation = QuotationBlock()
    image = PictureBlock()
    document = DocumentBlock()
    key_figures = KeyFiguresBlock()
    steps = StepsBlock()
    takeaways = TakeawaysBlock()
    sessions = SessionsBlock()
    contact = ContactBlock()
    links = LinksBlock()
    table = TableBlock()
    video = VideoBlock()


def plain_text(stream) -> str:
    """Return the text of the blocks of a stream, one piece a line, as the search reads it."""
    pieces = stream.stream_block.get_searchable_content(stream)
    return in_line("\n".join(" ".join(str(piece).split()) for piece in pieces if piece))
