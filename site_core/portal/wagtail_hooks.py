"""Registers what the portal adds to Wagtail."""

from wagtail import hooks

from .reviews import StatementPanel


@hooks.register("construct_homepage_panels")
def add_statement_panel(request, panels):
    panels.append(StatementPanel())
