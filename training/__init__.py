"""Courses, their parallel groups and sessions, and the pages that announce them."""
