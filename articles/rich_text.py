"""What the editor of texts can mark beside Wagtail's own: in which language a passage is."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature


def register_language(features, code: str, name: str) -> None:
    """Have the editor write ``<span lang="…">`` around what is marked as being in this language."""
    feature, style = f"lang-{code}", f"LANG_{code.upper()}"
    features.register_editor_plugin(
        "draftail",
        feature,
        InlineStyleFeature(
            {
                "type": style,
                "label": code.upper(),
                "description": _("Passage in another language: %(name)s") % {"name": name},
                "style": {"borderBottom": "0.12em dotted currentColor"},
            }
        ),
    )
    features.register_converter_rule(
        "contentstate",
        feature,
        {
            "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(style)},
            "to_database_format": {
                "style_map": {style: {"element": "span", "props": {"lang": code}}}
            },
        },
    )
