"""Which revisions stay as they are, because somebody else has to do with just that text."""

from wagtail.models import Page, Revision, TaskState


def is_kept(page: Page, revision: Revision) -> bool:
    """Whether a revision is or was submitted, is public, or waits for its day.

    Core's autosave overwrites the editor's latest revision in place. Approvals and the revision a
    reviewer saw are known by its number, so they would stand for text that nobody has read.
    """
    return (
        page.live_revision_id == revision.pk
        or revision.approved_go_live_at is not None
        or page.workflow_in_progress
        or TaskState.objects.filter(revision=revision).exists()
    )
