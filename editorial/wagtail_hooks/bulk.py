from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from editorial.bulk_actions import (
    ChangeHouseBulkAction,
    DeleteListedBulkAction,
    PublishReadBulkAction,
    WithdrawBulkAction,
)
from editorial.moving import have_reviews_follow
from editorial.people import house_of
from editorial.withdrawal import forget_moves

# After Wagtail's own actions of the same names, whose place they take.
LATE = 100
for action in (
    ChangeHouseBulkAction,
    DeleteListedBulkAction,
    PublishReadBulkAction,
    WithdrawBulkAction,
):
    hooks.register("register_bulk_action", action, order=LATE)


@hooks.register("after_move_page")
def follow_a_move(request, page):
    forget_moves(page)
    have_reviews_follow([page.pk], house_of(page))


@hooks.register("register_log_actions")
def log_withdrawals(actions):
    @actions.register_action("editorial.withdraw")
    class Withdrawn(LogFormatter):
        label = _("Unpublish")

        def format_message(self, entry):
            return gettext("Taken offline: “%(reason)s”") % {"reason": entry.data["reason"]}
