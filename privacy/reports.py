from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import AdminOnlyMenuItem
from wagtail.admin.ui.tables import Column

from editorial.reports.base import EditorialReport, ReportViewSet
from portal.personal_data import PersonalData, declared


class RegisterView(EditorialReport):
    """The register of processing (GDPR, article 30), made of what each app declares."""

    page_title = _("Register of personal data")
    header_icon = "clipboard-list"
    export_filename = "registre-des-traitements"
    paginate_by = None
    is_filtering = False
    is_searchable = False
    filterset_class = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filtered_queryset(self) -> list[PersonalData]:
        return list(declared())

    @cached_property
    def columns(self):
        return [
            Column("name", label=_("What")),
            Column("facts", label=_("Facts")),
            Column("people", label=_("About whom")),
            Column("purpose", label=_("Why")),
            Column("basis", label=_("By which right"), accessor="basis.label"),
            Column("readers", label=_("Seen by")),
            Column("period", label=_("At most")),
            Column("kept", label=_("Kept")),
            Column("erased", label=_("When a person is erased")),
        ]


class RegisterViewSet(ReportViewSet):
    url_prefix = "reports/personal-data"
    view_class = RegisterView
    menu_item_class = AdminOnlyMenuItem
    menu_order = 910
