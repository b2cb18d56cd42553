"""Registers the vocabularies with the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from site_core.taxonomy.deletion import refuse_deletion
from site_core.taxonomy.viewsets import VocabularyGroup

register_snippet(VocabularyGroup)
hooks.register("before_delete_snippet", refuse_deletion)
