from wagtail import hooks

from editorial.reports import REPORTS

# What our own reports say, house by house.
SAID_ELSEWHERE = {"workflows", "workflow-tasks", "aging-pages", "site-history"}
# How the site is built.
TECHNICAL = {"page-types-usage", "locked-pages"}


@hooks.register("register_admin_viewset")
def reports():
    return [report() for report in REPORTS]


@hooks.register("construct_reports_menu", order=1000)
def one_list_of_each(request, items):
    """Of the software's own reports, those that nothing else says stay, for administrators."""
    hidden = SAID_ELSEWHERE if request.user.is_superuser else SAID_ELSEWHERE | TECHNICAL
    items[:] = [item for item in items if item.name not in hidden]
