"""``erase_member``: make a person a former member, for good."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.models import Member
from community.refusals import Refusal
from community.services import erasure


class Command(BaseCommand):
    """Erases without a question: whoever may type this may also drop the database."""

    help = "Delete who a member was; what they wrote stays as a former member's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read who it is."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, or say why not."""
        member = Member.objects.filter(email__iexact=options["email"]).first()
        if member is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        try:
            erasure.erase(member=member, by=member, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"{options['email']} is erased.")
