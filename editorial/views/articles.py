"""The editor of an article: Wagtail's, with what helps to write and what keeps two people's texts."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.views.pages.create import AddSubpageView, CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView

from editorial.side_panels import RereadingSidePanel
from editorial.views.in_language import TitleInItsLanguageMixin


class RereadingMixin:
    """Puts our advice, in words, in the place of the software's own checks."""

    def get_side_panels(self):
        panels = [
            panel for panel in super().get_side_panels() if not isinstance(panel, ChecksSidePanel)
        ]
        return MediaContainer([*panels, RereadingSidePanel(self.page, self.request)])


class AddToHouseView(AddSubpageView):
    """What a house adds below its page is an article: it begins with the choice of a start."""

    def dispatch(self, request, *args, **kwargs):
        super().dispatch(request, *args, **kwargs)  # refuses those who may not
        return redirect(f"{reverse('editorial_write')}?{urlencode({'house': self.parent_page.pk})}")


class CreateArticleView(RereadingMixin, CreateView):
    pass


class EditArticleView(TitleInItsLanguageMixin, RereadingMixin, EditView):
    pass


class RevertArticleView(TitleInItsLanguageMixin, RereadingMixin, RevisionsRevertView):
    pass
