"""Wagtail imports this with its own models: nothing may be imported here."""


def publish_approved(workflow_state, user=None):
    """Put online the version that was approved, now or at its date, and none that came after it."""
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
