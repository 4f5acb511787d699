"""Wiring: settings, addresses, servers and the commands that see every floor."""

from config.celery import app as celery

__all__ = ["celery"]
