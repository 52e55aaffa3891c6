from wagtail import hooks

from audience.reports import AudienceViewSet


@hooks.register("register_admin_viewset")
def audience_report():
    return AudienceViewSet()
