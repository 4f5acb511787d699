"""Gamification's pages in the admin, one module for each noun."""

from gamification.admin import badges, holds, ledger, levels, progress, rules  # noqa: F401 - importing registers the pages
