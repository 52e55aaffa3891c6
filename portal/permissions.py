from wagtail.models import PagePermissionTester


class ReviewedPagePermissionTester(PagePermissionTester):
    """What a person may do with a page, where nothing is put online but by the approval of a review.

    Wagtail's right to publish is then the right to withdraw, to plan and to restrict.
    """

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_set_view_restrictions(self):
        return super().can_publish()

    def can_unschedule(self):
        return super().can_publish()

    def can_view_revisions(self):
        """Whoever may write in a section reads how its texts came about."""
        if self.user.is_superuser or not self.user.is_active:
            return self.user.is_active and super().can_view_revisions()
        return super().can_view_revisions() and bool(self.permissions & {"add", "change"})
