"""Every road on which a page changes, each as one function (docs/published-entry.md).

A road is a generator of three parts: prepare, the deed, what must be true afterwards. Tests run the
whole; tests of faults stop a process in the midst of the deed.
"""

from tests.support.roads import hiding, moving, publishing
from tests.support.roads.steps import ROADS

__all__ = ["RESTRICTING", "ROADS", "SILENT", "hiding", "moving", "publishing"]

RESTRICTING = {"restrict", "restrict_in_admin"}
"""Roads on which nothing but hiding too early may come of a fault."""
SILENT = {"save_draft", "copy_as_draft", "translate_draft"}
"""Roads on which no entry is written, since nothing public changes."""
