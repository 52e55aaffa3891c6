"""What happens in a review, for those who tell people of it."""

from django.dispatch import Signal

# Somebody is asked to review; provides state.
review_asked = Signal()

# A review step was decided upon; provides state, decision, comment.
review_decided = Signal()
