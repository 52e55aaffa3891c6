"""What happens in a review, for those who tell people of it."""

from django.dispatch import Signal

# Somebody is asked to review; provides state.
review_asked = Signal()

# A review step was decided upon; provides state, decision, comment.
review_decided = Signal()

# A version is about to be put online by its approval; provides version. Who objects raises models.NotPublishable.
about_to_publish = Signal()
