from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction

from articles.bulk_actions import ListingBulkAction


class DeleteListedBulkAction(ListingBulkAction, DeleteBulkAction):
    """Wagtail's own, which deletes what the listing shows and nothing else."""
