"""Hints: published from any thread, carried on one loop, never failing whoever publishes."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from channels.layers import BaseChannelLayer, get_channel_layer

from community import live

#: Members that nobody is: hints of an earlier test's members may still be on their way.
SOMEBODY, ANOTHER = 10**12, 10**12 + 1


@pytest.fixture
async def layer() -> BaseChannelLayer:
    """The layer, with hints carried on the loop of the test."""
    live.adopt(asyncio.get_running_loop())
    found = get_channel_layer()
    assert found is not None
    return found


async def received(layer: BaseChannelLayer, channel: str) -> dict[str, object]:
    async with asyncio.timeout(5):
        message: dict[str, object] = await layer.receive(channel)
        return message


async def test_a_hint_reaches_the_group_from_any_thread(layer: BaseChannelLayer) -> None:
    channel = await layer.new_channel()
    await layer.group_add(live.member_group(SOMEBODY), channel)

    threads = [
        threading.Thread(target=live.publish, args=(live.member_group(SOMEBODY), {"type": "probe", "n": n}))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        await asyncio.to_thread(thread.join)

    assert sorted([(await received(layer, channel))["n"] for _ in threads], key=str) == list(range(8))
    await layer.group_discard(live.member_group(SOMEBODY), channel)


async def test_other_groups_hear_nothing(layer: BaseChannelLayer) -> None:
    channel = await layer.new_channel()
    await layer.group_add(live.member_group(SOMEBODY), channel)
    live.publish(live.member_group(ANOTHER), {"type": "probe"})
    live.publish(live.thread_group(SOMEBODY), {"type": "probe"})
    live.publish(live.member_group(SOMEBODY), {"type": "mine"})
    assert (await received(layer, channel))["type"] == "mine"
    await layer.group_discard(live.member_group(SOMEBODY), channel)


def test_without_a_server_a_loop_of_its_own_carries_the_hints() -> None:
    begin = time.monotonic()
    live.publish(live.member_group(SOMEBODY), {"type": "probe"})
    assert time.monotonic() - begin < 1
    assert live._loop is not None
    assert live._loop.is_running()
