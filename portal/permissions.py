from wagtail.models import PagePermissionTester


class ReviewedPagePermissionTester(PagePermissionTester):
    """What a person may do with a page, where nothing is put online but by the approval of a review.

    Wagtail's right to publish is then the right to withdraw, to plan and to restrict.
    """

    def can_edit(self):
        """Whoever reviews a page has the right to change it: the review itself, a few queries a page, need not be asked."""
        if not self.user.is_active or self.page_is_root:
            return False
        return self.user.is_superuser or self._is_theirs()

    def can_delete(self, ignore_bulk=False):
        """As Wagtail says, which reads the pages below: where there are none, nothing need be read."""
        if self.page_is_root or not self.page.is_leaf() or not self.user.is_active:
            return super().can_delete(ignore_bulk)
        if self.user.is_superuser:
            return True
        may_withdraw = not self.page.live or "publish" in self.permissions
        return may_withdraw and self._is_theirs()

    def _is_theirs(self) -> bool:
        is_own = "add" in self.permissions and self.page.owner_id == self.user.pk
        return is_own or "change" in self.permissions

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def answers_for_what_is_online(self) -> bool:
        """Whether the person has Wagtail's right to publish."""
        return super().can_publish()

    def can_set_view_restrictions(self):
        return self.answers_for_what_is_online()

    def can_unschedule(self):
        return self.answers_for_what_is_online()

    def can_view_revisions(self):
        """Whoever may write in a section reads how its texts came about."""
        if self.user.is_superuser or not self.user.is_active:
            return self.user.is_active and super().can_view_revisions()
        return super().can_view_revisions() and bool(self.permissions & {"add", "change"})
