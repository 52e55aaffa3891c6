from wagtail import hooks

from audience import personal_data
from audience.reports import AudienceViewSet

hooks.register("personal_data", personal_data.declare)


@hooks.register("register_admin_viewset")
def audience_report():
    return AudienceViewSet()
