from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from articles.reading_time import minutes_to_read
from editorial.writing.passages import Reading
from editorial.writing.rereading import reread
from editorial.writing.rules import by_severity, count_words
from editorial.writing.starts import hints_for, is_working_title


class RereadingSidePanel(BaseSidePanel):
    """What an attentive colleague would say of the draft as it was last saved, and what each piece is for."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Reread my text")
        icon_name = "glasses"
        counter_classname = "w-bg-info-100"  # advice, not errors

        def get_context_data(self, parent_context):
            return {**super().get_context_data(parent_context), "count": len(self.panel.findings)}

    name = "rereading"
    title = _("Reread my text")
    template_name = "editorial/admin/rereading_panel.html"
    order = 150

    def __init__(self, object, request):
        super().__init__(object, request)
        self.reading = Reading(object)
        self.findings = reread(self.reading) if object.pk else []

    def get_context_data(self, parent_context):
        words = count_words(self.reading)
        return {
            **super().get_context_data(parent_context),
            "count": len(self.findings),
            "groups": by_severity(self.findings),
            "hints": hints_for(self.object),
            "is_untitled": is_working_title(self.object.title),
            "words": words,
            "minutes": minutes_to_read(words),
        }
