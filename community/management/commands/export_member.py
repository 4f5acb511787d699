"""``export_member``: everything that is kept about a person, as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.models import Member
from community.services import exports


class Command(BaseCommand):
    """Writes a zip with one JSON file for each kind of row, and the member's pictures.

    Sealed texts stay out of it: only the member's own export has them.
    """

    help = "Write everything that is kept about a member into a zip file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read whose data, and where to."""
        parser.add_argument("email")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, readable for its owner only."""
        member = Member.objects.filter(email__iexact=options["email"]).first()
        if member is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        out: Path = options["out"]
        out.touch(mode=0o600)
        with out.open("wb") as file:
            exports.write(member, file)
        self.stdout.write(f"{out}")
