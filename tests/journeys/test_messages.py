"""Two people write to each other: at once, without doubles, and also where sockets are blocked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, WebSocketRoute, expect

from chat.models import Conversation, Message, Participant
from chat.services import conversations
from community.models import Member
from tests import factories
from tests.chat import world
from tests.journeys import axe

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def lena(transactional_db: None) -> Member:
    return factories.member("Lena Sommer")


@pytest.fixture
def mara(transactional_db: None) -> Member:
    return factories.ambassador("Mara Lindqvist")


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    made = world.direct(lena, mara)
    world.said(made, lena, "How do you clean yours?")
    return made


def opened(page: Page, talk: Conversation, state: str = "open") -> Page:
    page.goto(f"/messages/{talk.pk}/")
    expect(page.locator("body")).to_have_attribute("data-chat-state", state, timeout=30_000)
    return page


def say(page: Page, body: str) -> None:
    page.get_by_placeholder("Write a message").fill(body)
    page.get_by_role("button", name="Send").click()


@pytest.mark.smoke
def test_what_one_writes_the_other_sees_being_typed_arriving_and_read(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    hers, his = opened(open_browser(mara), talk), opened(open_browser(lena, viewport=PHONE), talk)
    expect(hers.locator(".msg-new")).to_have_text("New")
    expect(his.get_by_text("Online")).to_be_visible()

    his.get_by_placeholder("Write a message").press_sequentially("With")
    expect(hers.get_by_role("img", name="Lena Sommer is typing")).to_be_visible()
    say(his, "With a **brush**, or not?")
    expect(hers.locator("[data-chat-log] strong")).to_have_text("brush")
    expect(hers.get_by_role("img", name="Lena Sommer is typing")).to_have_count(0)

    hers.bring_to_front()
    say(hers, "Only warm water")
    expect(his.locator(".msg").last).to_contain_text("Only warm water")
    expect(his.locator(".msg--me").last).to_have_attribute("data-state", "read")
    expect(his.get_by_role("log").locator(".msg")).to_have_count(3)

    # On a page of its own the count comes by itself.
    hers.goto("/settings/")
    say(his, "And how often?")
    expect(hers.locator(".topbar [data-unread-messages]")).to_have_text("1")
    expect(hers).to_have_title(re.compile(r"^\(1\) "))


def test_what_nobody_confirms_is_sent_again_by_a_press_and_stands_there_once(
    open_browser: Open, talk: Conversation, mara: Member
) -> None:
    lost: list[str] = []

    def lose_the_first(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        said = '"type":"send"'
        route.on_message(
            lambda frame: lost.append(str(frame)) if said in str(frame) and not lost else server.send(frame)
        )

    page = open_browser(mara)
    page.clock.install()
    page.route_web_socket("**/ws/chat/", lose_the_first)
    opened(page, talk)
    say(page, "Only warm water")
    mine = page.locator(".msg--me").last
    expect(mine).to_have_attribute("data-state", "sending")
    page.clock.fast_forward(10_000)
    mine.get_by_role("button", name="Try again").click()

    expect(mine).to_have_attribute("data-state", "stored")
    assert [str(row.client_id) in lost[0] for row in Message.objects.filter(member=mara)] == [True]


def test_a_tab_that_was_asleep_shows_what_it_missed_from_the_first_line_on(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    sockets: list[WebSocketRoute] = []
    slept: list[bool] = []

    def sleeping(route: WebSocketRoute) -> None:
        server, dies = route.connect_to_server(), not sockets
        # Nothing reaches the first one any more once the lid is closed.
        server.on_message(lambda frame: None if slept and dies else route.send(frame))
        sockets.append(route)

    page = open_browser(mara, viewport=PHONE)
    page.clock.install()
    page.route_web_socket("**/ws/chat/", sleeping)
    opened(page, talk)
    say(page, "Only warm water")
    expect(page.locator(".msg--me")).to_have_attribute("data-state", "stored")
    slept.append(True)
    for number in range(40):
        world.said(talk, lena, f"Line {number}")
    page.clock.fast_forward(3_600_000)

    log = page.get_by_role("log")
    expect(log.locator(".msg")).to_have_count(42, timeout=30_000)
    expect(log.locator(".msg-new + .msg")).to_have_text(re.compile("^Line 0"))
    expect(log.get_by_text("Line 0", exact=True)).to_be_in_viewport()
    expect(log.get_by_text("Line 39")).not_to_be_in_viewport()
    read = Participant.objects.filter(conversation=talk, member=mara).values_list("read_seq", flat=True)
    assert list(read) == [2]

    page.get_by_role("button", name="New messages").click()
    expect(log.get_by_text("Line 39")).to_be_in_viewport()
    say(page, "So many")
    world.said(talk, lena, "The last one")
    expect(log.locator(".msg").last).to_be_in_viewport()
    expect(log.locator(".msg-new")).to_have_count(0)


def test_what_was_read_on_the_phone_meanwhile_is_not_new_on_the_other_screen(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    """Its mark stands above the first line that was read nowhere; in a hidden tab it moves while somebody looks on."""
    lines: list[WebSocketRoute] = []

    def broken(route: WebSocketRoute) -> None:
        route.connect_to_server()
        lines.append(route)

    page = open_browser(mara)
    page.route_web_socket("**/ws/chat/", broken)
    opened(page, talk)
    page.evaluate("document.hasFocus = () => false")
    page.context.set_offline(True)
    lines[0].close(code=1012)
    for number in range(6):
        world.said(talk, lena, f"Line {number}")
    conversations.read(participant=world.place(talk, mara), seq=4)
    page.context.set_offline(False)

    log = page.get_by_role("log")
    expect(log.locator(".msg")).to_have_count(7, timeout=30_000)
    expect(log.locator(".msg-new + .msg")).to_have_text(re.compile("^Line 3"))

    conversations.read(participant=world.place(talk, mara), seq=6)
    expect(log.locator(".msg-new + .msg")).to_have_text(re.compile("^Line 5"))
    conversations.read(participant=world.place(talk, mara), seq=7)
    expect(log.locator(".msg-new")).to_have_count(0)


def test_where_sockets_are_blocked_it_asks_and_loses_nothing(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    def block(route: WebSocketRoute) -> None:
        route.close(code=1011)

    page = open_browser(mara)
    page.clock.install()
    page.route_web_socket("**/ws/chat/", block)
    opened(page, talk, "polling")
    say(page, "Only warm water")
    expect(page.locator(".msg--me").last).to_have_attribute("data-state", "stored")
    world.said(talk, lena, "Thank you")
    page.clock.fast_forward(4_000)
    expect(page.locator(".msg").last).to_contain_text("Thank you", timeout=15_000)
    assert list(Message.objects.values_list("seq", "body")) == [
        (1, "How do you clean yours?"),
        (2, "Only warm water"),
        (3, "Thank you"),
    ]


def test_what_is_taken_back_goes_from_both_screens(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    hers, his = opened(open_browser(mara), talk), opened(open_browser(lena, viewport=PHONE), talk)
    say(hers, "My address is Hauptstraße 1")
    expect(his.get_by_role("log")).to_contain_text("Hauptstraße")

    hers.locator(".msg--me").last.get_by_role("link", name="Delete this message").click()
    dialog = hers.get_by_role("dialog", name="Delete this message?")
    assert axe.violations(hers) == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    hers.locator(".msg--me").last.get_by_role("link", name="Delete this message").click()
    dialog.get_by_role("button", name="Delete").click()

    for page in (hers, his):
        expect(page.locator(".msg").last).to_have_class(re.compile("msg--gone"))
        expect(page.get_by_role("log")).not_to_contain_text("Hauptstraße")


def test_a_line_stands_there_before_the_server_knows_of_it(
    open_browser: Open, talk: Conversation, mara: Member
) -> None:
    """Nothing is waited for: the bubble is there when the press is over, long before 50 ms."""
    page = opened(open_browser(mara), talk)
    page.get_by_placeholder("Write a message").fill("Only warm water")
    found = page.evaluate(
        """() => {
            document.querySelector("[data-chat-form]").requestSubmit();
            const line = [...document.querySelectorAll(".msg--me")].at(-1);
            return [line?.dataset.state, line?.querySelector("[data-slot=text]").textContent];
        }"""
    )
    assert found == ["sending", "Only warm water"]


def test_who_stops_typing_is_shown_no_longer_after_six_seconds(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    page = open_browser(mara)
    page.clock.install()
    opened(page, talk)
    # Who hears of her presence hears of her writing.
    opened(open_browser(lena), talk)
    expect(page.get_by_text("Online")).to_be_visible()
    conversations.sign_of_writing(participant=world.place(talk, lena))
    sign = page.get_by_role("img", name="Lena Sommer is typing")
    expect(sign).to_be_visible()
    page.clock.run_for(3_000)
    expect(sign).to_be_visible()
    page.clock.run_for(3_500)
    expect(sign).to_have_count(0)


#: What a browser would sound and show is counted instead; whether somebody looks at the tab is ours to say.
COUNTED = """
window.rung = {sounds: 0, told: 0};
window.looks = false;
AudioContext.prototype.createOscillator = new Proxy(AudioContext.prototype.createOscillator, {
    apply(target, self, args) { window.rung.sounds += 1; return Reflect.apply(target, self, args); },
});
window.Notification = class extends EventTarget {
    static permission = "granted";
    constructor() { super(); window.rung.told += 1; }
};
Object.defineProperty(document, "hidden", {get: () => !window.looks});
document.hasFocus = () => window.looks;
"""


def test_two_tabs_ring_and_notify_once_and_not_where_somebody_reads(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    first = open_browser(mara)
    first.context.add_init_script(COUNTED)
    tabs = [opened(first, talk), opened(first.context.new_page(), talk)]
    for tab in tabs:
        # Browsers sound only after a press.
        tab.get_by_role("log").click()

    def rung() -> list[int]:
        counted = [tab.evaluate("[rung.sounds, rung.told]") for tab in tabs]
        return [sum(one) for one in zip(*counted, strict=True)]

    world.said(talk, lena, "Are you there?")
    for tab in tabs:
        expect(tab.get_by_role("log").get_by_text("Are you there?")).to_be_visible()
        expect(tab).to_have_title(re.compile(r"^\(1\) "))
        tab.wait_for_timeout(500)
    assert rung() == [1, 1]

    tabs[1].evaluate("window.looks = true")
    world.said(talk, lena, "I see that you are.")
    for tab in tabs:
        expect(tab.get_by_role("log").get_by_text("I see that you are.")).to_be_visible()
        expect(tab).not_to_have_title(re.compile(r"^\("))
        tab.wait_for_timeout(500)
    assert rung() == [1, 1]


def test_what_waits_survives_a_reload_and_is_stored_once(open_browser: Open, talk: Conversation, mara: Member) -> None:
    swallowed: list[str] = []
    deaf = [True]

    def swallow(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        said = '"type":"send"'
        route.on_message(
            lambda frame: swallowed.append(str(frame)) if deaf and said in str(frame) else server.send(frame)
        )

    page = open_browser(mara)
    page.route_web_socket("**/ws/chat/", swallow)
    opened(page, talk)
    say(page, "Only warm water")
    expect(page.locator(".msg--me").last).to_have_attribute("data-state", "sending")
    assert not Message.objects.filter(member=mara).exists()

    deaf.clear()
    opened(page, talk)
    expect(page.locator(".msg--me")).to_have_count(1)
    expect(page.locator(".msg--me")).to_have_attribute("data-state", "stored")
    assert [str(row.client_id) in swallowed[0] for row in Message.objects.filter(member=mara)] == [True]


def test_an_upload_shows_how_far_it_is_and_is_cancelled_with_the_text_kept(
    open_browser: Open, talk: Conversation, mara: Member
) -> None:
    page = opened(open_browser(mara), talk)
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": 100_000})
    file: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"It dripped.\n" * 150_000}
    words, bar = page.get_by_placeholder("Write a message"), page.get_by_role("progressbar", name="Upload")

    words.fill("Look at the end of it")
    page.get_by_label("Attach a file").set_input_files(file)
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("(bar) => bar.value > 0 && bar.value < 100", arg=bar.element_handle())
    page.get_by_role("button", name="Cancel").click()
    expect(bar).to_be_hidden()
    expect(words).to_have_value("Look at the end of it")
    assert not Message.objects.filter(member=mara).exists()

    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    page.get_by_label("Attach a file").set_input_files(file)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".msg--me")).to_contain_text("log.txt")
    expect(words).to_have_value("")
    assert list(Message.objects.filter(member=mara).values_list("body", flat=True)) == ["Look at the end of it"]
