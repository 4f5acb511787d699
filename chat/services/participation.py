"""How somebody takes part: with a sound or without."""

from __future__ import annotations

from chat.models import Participant


def mute(*, participant: Participant, muted: bool) -> None:
    """No sound and no count for this conversation, or both again. Twice is once."""
    Participant.objects.filter(pk=participant.pk).update(muted=muted)
