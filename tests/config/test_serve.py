"""``serve`` says what is wrong before it does anything."""

from __future__ import annotations

import socket

import pytest
from django.core.management import CommandError, call_command


def test_an_address_in_use_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cannot serve at 127.0.0.1:{port}: .* Choose another port"):
            call_command("serve", port=port)
