"""The admin's tests."""

from tests.staff import lenient_templates

__all__ = ["lenient_templates"]
