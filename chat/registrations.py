"""What the chat brings to the registry: checks, personal data, kinds of notification."""

from chat import personal_data, verification
from community.registry import registry


def register() -> None:
    """Register it all."""
    registry.add_personal_data(*personal_data.KINDS)
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)
