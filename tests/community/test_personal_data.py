"""No table with a person in it is forgotten by export and erasure."""

from __future__ import annotations

from django.apps import apps

from community.models import Member
from community.registry import registry

#: Tables that name who did something for the brand, not whom the row is about.
OFFICE = {
    ("admin.LogEntry", "user"),
    ("ambassadors.BrandEvent", "host"),
    ("ambassadors.ProductTest", "host"),
    ("community.Contest", "host"),
    ("community.Contest", "jury"),
    ("community.News", "author"),
    ("community.Sanction", "by"),
    # Whom a deed honours is in the export of points and votes; the row is its actor's.
    ("community.Activity", "beneficiary"),
    # A key of a day, for a request that was sent twice.
    ("community.IdempotencyKey", "member"),
}


def test_every_table_about_a_member_is_declared() -> None:
    declared = {(kind.model._meta.label, kind.owner) for kind in registry.personal_data}
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model is Member and getattr(field.remote_field, "related_name", "") != "+"
    }
    assert found - declared - OFFICE == set()


def test_names_are_files_of_their_own() -> None:
    names = [kind.name for kind in registry.personal_data if kind.fields]
    assert sorted(set(names)) == sorted(names)


def test_fields_exist() -> None:
    for kind in registry.personal_data:
        list(kind.model._default_manager.none().values(*kind.fields, *kind.files))
        list(kind.model._default_manager.none().filter(**{kind.owner: 1}))
