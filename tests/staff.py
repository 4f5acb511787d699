"""Staff for tests of the admin: a manager with the group's permissions, and a superuser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import Client

from community.models import Member, Role
from config import managers
from tests import factories


def manager() -> Member:
    """Return a community manager: limited staff."""
    clara = factories.member("Clara Holm", Role.MANAGER, is_staff=True)
    clara.groups.add(Group.objects.get(name=managers.NAME))
    return clara


def superuser() -> Member:
    """Return an administrator."""
    return factories.member("Ada Admin", is_staff=True, is_superuser=True)


def browser(member: Member | None) -> Client:
    """Return a client signed in as ``member``, or a stranger's."""
    client = Client()
    if member is not None:
        client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def returning(member: Member) -> Client:
    """Return a client that was in the admin before: the first visit is kept with its session."""
    client = browser(member)
    client.get("/admin/")
    return client


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the theme's own templates ask for variables that are not always there, as they do outside of tests."""
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    monkeypatch.setattr(backend.engine, "string_if_invalid", "")
