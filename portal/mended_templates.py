"""Wagtail's own templates, mended where they write what HTML does not allow, or do not say a language.

A mend is a few words of a template and those that take their place. A copy of the whole template would hide what
Wagtail changes in it; a mend that finds its words no more fails a test (tests/portal/test_mended_templates.py).
"""

from pathlib import Path

import wagtail
from django.template.loaders import app_directories

ADMIN = "wagtailadmin"
# Template → (what it says, what it says here).
MENDS = {
    # A title says its language; so does what describes the menu beside it.
    f"{ADMIN}/pages/listing/_page_title_explore.html": [
        ("{% load i18n l10n", "{% load portal_tags i18n l10n"),
        ("{{ page.get_admin_display_title }}", "{{ page|display_title }}"),
    ],
    f"{ADMIN}/shared/button_with_dropdown.html": [
        # Of a <button>, where this is none.
        ("button.base_attrs_string", "button.base_attrs_string|cut:' type=\"button\"'"),
        (
            "toggle_aria_label=title",
            "toggle_aria_label=title toggle_describedby=button.described_by",
        ),
    ],
    f"{ADMIN}/generic/base.html": [
        ("{% load wagtailadmin_tags", "{% load portal_tags wagtailadmin_tags"),
        ("{{ header_title }}", "{{ header_title|without_tags }}"),
    ],
    # A form that is sent where it stands names no address.
    f"{ADMIN}/generic/form.html": [
        ('action="{{ action_url }}"', '{% if action_url %}action="{{ action_url }}"{% endif %}')
    ],
    # A label is that of a field that one sees.
    f"{ADMIN}/panels/object_list.html": [
        ("{% load wagtailadmin_tags", "{% load portal_tags wagtailadmin_tags"),
        ("id_for_label=child.id_for_label", "id_for_label=child|id_of_labelled"),
    ],
    f"{ADMIN}/panels/multi_field_panel_child.html": [
        ("{% load wagtailadmin_tags", "{% load portal_tags wagtailadmin_tags"),
        ("{% elif child.id_for_label %}", "{% elif child|id_of_labelled %}"),
    ],
    f"{ADMIN}/widgets/chooser.html": [
        ("{% load wagtailadmin_tags", "{% load portal_tags wagtailadmin_tags"),
        ("{{ original_field_html }}", "{{ original_field_html|without_aria }}"),
        ("{{ display_title }}", "{% chosen_title display_title edit_url %}"),
    ],
    f"{ADMIN}/chooser/tables/page_title_cell.html": [
        ("{% load l10n", "{% load portal_tags l10n"),
        ("{{ value }}</label>", "{{ value|in_language_of:page }}</label>"),
        ("{{ value }}</a>", "{{ value|in_language_of:page }}</a>"),
        ("            {{ value }}\n", "            {{ value|in_language_of:page }}\n"),
    ],
    # Before a picture is chosen there is none to show.
    "wagtailimages/widgets/image_chooser.html": [
        (
            'height="{{ preview.height|unlocalize }}" src="{{ preview.url }}" width="{{ preview.width|unlocalize }}"',
            '{% if preview.url %}height="{{ preview.height|unlocalize }}" width="{{ preview.width|unlocalize }}"'
            '{% endif %} src="{{ preview.url|default:"data:," }}"',
        )
    ],
    # No millionths of a second.
    f"{ADMIN}/shared/human_readable_date.html": [
        ("{% load wagtailadmin_tags", "{% load portal_tags wagtailadmin_tags"),
        ('date|date:"c"', "date|to_the_second"),
    ],
    # Words and no blocks in a button or a label.
    f"{ADMIN}/shared/headers/_filters.html": [
        (
            '<div class="w-flex w-items-center w-gap-2">\n'
            '                        <span class="w-drilldown__count" data-w-drilldown-target="count" data-count-name="{{ field.auto_id }}" hidden></span>\n'
            '                        {% icon name="arrow-right" %}\n'
            "                    </div>",
            '<span class="w-flex w-items-center w-gap-2">'
            '<span class="w-drilldown__count" data-w-drilldown-target="count" data-count-name="{{ field.auto_id }}" hidden></span>'
            '{% icon name="arrow-right" %}</span>',
        )
    ],
    f"{ADMIN}/shared/editing_sessions/list.html": [
        (
            '<div class="w-editing-sessions__decorated-avatar w-ping w-ping--critical">',
            '<span class="w-editing-sessions__decorated-avatar w-ping w-ping--critical">',
        ),
        (
            '<span class="w-editing-sessions__decorator-filler"></span>\n                    </div>',
            '<span class="w-editing-sessions__decorator-filler"></span></span>',
        ),
        (
            '<div class="w-editing-sessions__popup" data-w-tooltip-target="content" hidden>',
            '<span class="w-editing-sessions__popup" data-w-tooltip-target="content" hidden>',
        ),
        (
            "</span>\n                    </div>\n                </button>",
            "</span></span></button>",
        ),
    ],
    f"{ADMIN}/shared/side_panel_toggle.html": [
        ("<div data-side-panel-toggle-counter", "<span data-side-panel-toggle-counter"),
        ("</div>", "</span>"),
    ],
    f"{ADMIN}/shared/side_panels.html": [
        (
            '<div class="form-side__resize-grip-icon"></div>',
            '<span class="form-side__resize-grip-icon"></span>',
        )
    ],
    f"{ADMIN}/shared/side_panels/preview.html": [
        (
            "<div>\n"
            "                        {# Add placeholder element to support styling content when iframe has loaded #}\n"
            "                    </div>",
            "",
        )
    ],
    # A cell and not its row lies over two columns.
    f"{ADMIN}/shared/keyboard_shortcuts_dialog.html": [
        (
            '<tr class="w-keyboard-shortcuts__category" colspan="2">',
            '<tr class="w-keyboard-shortcuts__category">',
        ),
        ('<th class="w-h4" scope="rowgroup">', '<th class="w-h4" scope="rowgroup" colspan="2">'),
    ],
}
WAGTAIL = Path(wagtail.__file__).parent


class Loader(app_directories.Loader):
    """The templates of applications, as APP_DIRS finds them; those of Wagtail mended."""

    def get_contents(self, origin):
        source = super().get_contents(origin)
        if Path(origin.name).is_relative_to(WAGTAIL):
            for said, instead in MENDS.get(origin.template_name, []):
                source = source.replace(said, instead)
        return source
