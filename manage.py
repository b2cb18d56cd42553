#!/usr/bin/env python
"""Entry point for Django's commands; see README.md for the two you need."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
