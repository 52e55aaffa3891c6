from wagtail import hooks

from editorial.reports import REPORTS


@hooks.register("register_admin_viewset")
def reports():
    return [report() for report in REPORTS]
