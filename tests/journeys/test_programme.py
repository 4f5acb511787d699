"""The programme from one end to the other: Lena applies, is trained, tests, advises, and reads what she is paid.

Clara does the brand's part in the admin, Jule asks in the shop. On SQLite on a phone, in German and in the dark; on
PostgreSQL and Redis on a desk, in English and by daylight.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from ambassadors.models import Ambassador, Application, Disclosed, ProductTest, Shipment, Statement, Tester
from ambassadors.services import announcements, draws, statements
from community.models import Member, Product, Review, Role
from config import managers
from tests import factories
from tests.ambassadors import parcels, programme_world, recruiting
from tests.ambassadors import product_tests as tests_world
from tests.journeys import axe
from tests.journeys.readers import Reader
from tests.journeys.shops import chat
from tests.journeys.world import connected, worked_off
from tests.races.crowd import differences
from tests.staff import lenient_templates  # noqa: F401 - a fixture that works by being there

Open = Callable[..., Page]
GERMAN_PHONE = {"language": "de", "locale": "de-DE", "viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
ENGLISH_DESK = {
    "language": "en",
    "locale": "en-GB",
    "viewport": {"width": 1280, "height": 900},
    "color_scheme": "light",
}
FORM: dict[str, Any] = ENGLISH_DESK if settings.REDIS_URL else GERMAN_PHONE
#: The admin's own field for choosing many, in which the search has no label.
CHOOSING_MANY = ".select2-container"
WHY = "Because I like to explain."
QUESTION = "How loud is the machine in the morning?"


@pytest.mark.smoke
@pytest.mark.ignore_template_errors
def test_from_the_campaign_to_the_statement(open_browser: Open, shop_with_chat: str, tmp_path: Path) -> None:
    clara = factories.member("Clara Holm", Role.MANAGER, is_staff=True)
    clara.groups.add(Group.objects.get(name=managers.NAME))
    options = {name: value for name, value in FORM.items() if name != "language"}
    member = factories.member("Lena Sommer", language=FORM["language"])
    lena = Reader(open_browser(member, **options, reduced_motion="reduce"), FORM["language"])
    manager = Reader(open_browser(clara))
    campaign = recruiting.campaign(slug="winter")
    programme_world.agreement()
    programme_world.module(slug="tone")
    machine = Product.objects.get(sku="AURORA-S1")
    test = tests_world.draft(
        slug="quiet", host=clara, product=machine, quotas={"1 or 2": 1, "3 and more": 1}, least_days=0
    )
    tests_world.question(test, kind="long")
    parcels.question(test)

    applies(lena)
    is_moved(manager, campaign.pk, to="screened", reason="You explain well.", drag=True)
    is_moved(manager, campaign.pk, to="offered", reason="We would like you to join.")
    manager.page.get_by_role("link", name="Lena Sommer").click()
    expect(manager.page.get_by_text(WHY)).to_be_visible()
    takes_the_seat(lena)
    is_moved(manager, campaign.pk, to="onboarding", reason="Welcome.")
    signs_and_learns(lena)
    says_what_she_knows_and_switches_herself_on(lena)

    does(manager, test, "Open it for applications")
    announcements.announce(at=timezone.now())
    applies_for_the_test(lena, test)
    seats_are_drawn(test)
    takes_the_sample(lena)
    does(manager, test, "Begin to send")
    says_where_to(lena)
    is_sent(manager)
    lena.follows_news("Your sample for <strong>%(test)s</strong> is on its way")
    expect(lena.page.get_by_role("link", name=lena.words("Follow the parcel"))).to_be_visible()
    arrives(manager)
    reports(lena, machine)

    advises(lena, open_browser, shop_with_chat, machine)
    is_paid(lena)
    a_stranger_draws_again(open_browser, tmp_path)
    bears_out(member, clara)


def applies(lena: Reader) -> None:
    """A draft that survives the closed tab, then sent."""
    lena.opens("/ambassadors/")
    lena.follows("Apply now")
    question = "Warum?" if lena.language == "de" else "Why?"
    lena.page.get_by_label(question).fill(WHY)
    expect(lena.page.locator("#kept")).to_contain_text(lena.words("Saved"))
    lena.page.reload()
    expect(lena.page.get_by_label(question)).to_have_value(WHY)
    lena.presses("Send application")
    lena.sees("It has arrived.")
    lena.can_read()


def is_moved(manager: Reader, campaign: int, *, to: str, reason: str, drag: bool = False) -> None:
    """Clara moves the card, with the mouse or without, and says why."""
    page = manager.page
    page.goto(f"/admin/ambassadors/application/board/{campaign}/")
    if drag:
        page.locator("[data-card]", has_text="Lena Sommer").drag_to(page.locator(f"[data-column={to}]"))
        page.get_by_label("Reason").last.fill(reason)
        manager.can_read()
        page.get_by_role("button", name="Move and tell them").click()
    else:
        page.get_by_label("Choose Lena Sommer").focus()
        page.keyboard.press("Space")
        page.get_by_label("Move the chosen to").select_option(to)
        page.get_by_role("button", name="Go on").press("Enter")
        expect(page.get_by_label("Reason")).to_be_visible()
        manager.can_read()
        page.get_by_label("Reason").fill(reason)
        page.get_by_role("button", name="Move and tell them").press("Enter")
    expect(page.locator(f"[data-column={to}] [data-card]")).to_contain_text("Lena Sommer")


def takes_the_seat(lena: Reader) -> None:
    """She reads why, and takes it."""
    lena.follows_news("A seat for you: <strong>%(name)s</strong>")
    expect(lena.page.get_by_text("You explain well.")).to_be_visible()
    lena.presses("Take the seat")
    lena.sees("Wonderful. We get your contract and training ready and tell you.")


def signs_and_learns(lena: Reader) -> None:
    """The contract, the lesson, its test; then the desk is open."""
    lena.follows_news("Your agreement and your training are ready")
    lena.page.locator("main a[href$='/ambassadors/me/agreement/']").first.click()
    lena.page.get_by_label(lena.words("I have read this and agree")).check()
    lena.presses("Sign it")
    lena.sees("Signed. A copy stays here.")
    lena.can_read()
    lena.follows("Go on with the training")
    lena.follows("Begin")
    first, second = lena.page.locator("#test fieldset").all()
    choice = "Wahl" if lena.language == "de" else "Choice"
    first.get_by_label(f"{choice} 0").check(force=True)
    for right in (0, 2):
        second.get_by_label(f"{choice} {right}").check(force=True)
    lena.presses("Hand in the answers")
    expect(lena.page.get_by_role("heading", name=lena.words("Passed", "training"))).to_be_visible()
    lena.can_read()


def says_what_she_knows_and_switches_herself_on(lena: Reader) -> None:
    """Both languages, and there she is."""
    lena.follows_news("You are an ambassador now")
    for language in lena.page.locator("[name=languages]").all():
        language.check(force=True)
    lena.presses("Save")
    lena.sees("Saved.")
    lena.opens("/desk/")
    switch(lena).check(force=True)
    expect(lena.page.locator(".desk__switch")).to_contain_text(lena.words("Available"))
    expect(switch(lena)).to_be_checked()
    lena.can_read()


def switch(lena: Reader) -> Locator:
    """What says that she is there."""
    return lena.page.get_by_role("switch", name=lena.words("Available for conversations"))


def does(manager: Reader, test: ProductTest, deed: str) -> None:
    """Clara takes a product test one step on."""
    page = manager.page
    page.goto(f"/admin/ambassadors/producttest/{test.pk}/change/")
    manager.can_read(without=CHOOSING_MANY)
    page.get_by_role("link", name=deed).click()
    page.get_by_role("button", name=deed).click()
    expect(page.get_by_text(f": {deed}")).to_be_visible()


def applies_for_the_test(lena: Reader, test: ProductTest) -> None:
    """She was told, and answers what is asked."""
    lena.follows_news("A product test is open for you: <q>%(title)s</q>")
    segment = test.segments.get(name_en="3 and more")
    lena.page.locator(f"[name=segment][value='{segment.pk}']").check(force=True)
    lena.page.get_by_label("Wer hört sie?" if lena.language == "de" else "Who hears it?").fill("Only the cat")
    lena.page.locator("[name=pledge]").check()
    lena.presses("Send application")
    lena.sees("Thank you for applying. We write to you when the seats are drawn.")
    lena.can_read()


def seats_are_drawn(test: ProductTest) -> None:
    """The time for applications passes, and the day of the draw comes."""
    now = timezone.now()
    ProductTest.objects.filter(pk=test.pk).update(
        apply_until=now - timedelta(minutes=2), select_on=timezone.localdate(now - timedelta(days=1))
    )
    draws.work_off(at=now - timedelta(minutes=1))
    draws.work_off(at=now)


def takes_the_sample(lena: Reader) -> None:
    """She was drawn."""
    lena.follows_news("You were drawn for the test <q>%(title)s</q>")
    lena.presses("Take the seat")
    expect(lena.page.get_by_role("heading", name=lena.words("You take part"))).to_be_visible()
    lena.can_read()


def says_where_to(lena: Reader) -> None:
    """An address for this test."""
    lena.opens("/product-tests/quiet/")
    lena.follows("To my test")
    lena.field("Where shall we send it?").fill(parcels.ADDRESS)
    lena.presses("Send it here")
    lena.sees("Being packed")
    lena.can_read()


def is_sent(manager: Reader) -> None:
    """Clara reads the address when she packs, and not before."""
    page = manager.page
    page.goto("/admin/ambassadors/shipment/")
    page.get_by_role("link", name="Lena Sommer").click()
    expect(page.get_by_text("28195")).to_have_count(0)
    page.get_by_role("button", name="Show the address").click()
    expect(page.get_by_text("28195 Bremen")).to_be_visible()
    page.get_by_role("link", name="Back to the shipment").click()
    page.get_by_label("What happened").select_option("send")
    page.get_by_label("Carrier").last.select_option("dhl")
    page.get_by_label("Number to follow it").fill("00340434161094042557")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("on its way").first).to_be_visible()


def arrives(manager: Reader) -> None:
    """The carrier says that it is there."""
    page = manager.page
    page.get_by_role("link", name="Lena Sommer", exact=True).click()
    page.get_by_label("What happened").select_option("arrive")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("arrived").first).to_be_visible()


def reports(lena: Reader, machine: Product) -> None:
    """A report that is kept while she writes, handed in, and shown as a review under its label."""
    page = lena.page
    lena.follows_news("Your sample for <strong>%(test)s</strong> has arrived. You can write your report bit by bit")
    lena.follows("Begin your report")
    connected(page)
    page.get_by_text("Quieter").click()
    lena.field("In one sentence").fill("Quiet at six")
    expect(page.locator("#kept")).to_contain_text(lena.words("Saved"))
    page.reload()
    expect(lena.field("In one sentence")).to_have_value("Quiet at six")
    page.locator("[name=photos]").set_input_files({"name": "cup.png", "mimeType": "image/png", "buffer": picture()})
    page.locator("[name=stars][value='4']").check(force=True)
    lena.field("Your experience").fill("Nobody woke up. The lid is stiff.")
    lena.presses("Hand in the report")
    expect(page.get_by_role("heading", name=lena.words("Your report is in"))).to_be_visible()
    lena.can_read()
    lena.opens(f"{machine.get_absolute_url()}#reviews")
    disclosure = lena.words("<strong>Received free of charge.</strong> %(name)s did not pay for this product.")
    label = re.sub(r"^<strong>|</strong>.*$", "", disclosure)
    expect(page.locator("main").get_by_text(label).first).to_be_visible()
    expect(page.locator("main").get_by_text("Quiet at six").first).to_be_visible()


def picture() -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "PNG")
    return out.getvalue()


def advises(lena: Reader, open_browser: Open, shop: str, machine: Product) -> None:
    """Jule asks in the shop, Lena helps, the talk ends, and Jule says how it was."""
    factories.accepted_answer(factories.thread(title=QUESTION, product=machine))
    jule = open_browser(None, viewport={"width": 390, "height": 844})
    lena.opens("/desk/")
    jule.goto(f"{shop}/products/AURORA-S1/")
    jule.get_by_role("button", name="Open the chat").click()
    widget = chat(jule)
    widget.get_by_label("Your question").fill(QUESTION)
    widget.get_by_label("How shall we call you?").fill("Jule")
    widget.get_by_role("button", name="Ask").click()
    widget.get_by_role("button", name="Talk to a person").click()
    lena.presses("Help them")
    says(lena, "Mine wakes nobody.")
    expect(widget.get_by_role("log")).to_contain_text("Mine wakes nobody.")
    widget.get_by_role("textbox", name="Message").fill("And the grinder?")
    widget.get_by_role("button", name="Send").click()
    expect(lena.page.get_by_role("log")).to_contain_text("And the grinder?")
    says(lena, "A little louder.")
    lena.can_read()
    inside = jule.frame(url=re.compile("/widget/"))
    assert inside is not None
    assert axe.violations(inside) == []
    if lena.page.get_by_role("button", name=lena.words("About this person")).is_visible():
        lena.presses("About this person")
        lena.page.get_by_role("dialog").get_by_role("button", name=lena.words("End conversation")).click()
    else:
        lena.presses("End conversation")
    widget.get_by_role("radio", name="5 stars").check(force=True)
    assert axe.violations(inside) == []
    widget.get_by_role("button", name="Send rating").click()
    expect(widget.get_by_text("Thank you for the rating.")).to_be_visible()


def says(lena: Reader, words: str) -> None:
    """Lena writes to Jule."""
    lena.page.get_by_role("textbox", name=lena.words("Message to %(name)s", name="Jule")).fill(words)
    lena.page.get_by_role("button", name=lena.words("Send"), exact=True).click()
    expect(lena.page.locator(".msg--me[data-seq]").get_by_text(words)).to_be_visible()


def is_paid(lena: Reader) -> None:
    """The month ends; her statement has the talk with its rating and its fee."""
    worked_off()
    lena.opens("/ambassadors/me/consultations/")
    lena.opens("/ambassadors/me/")
    later = timezone.now() + timedelta(days=31)
    statements.issue_due(at=later)
    # What a later month tells is due then; the journey ends now, and leaves nothing that waits.
    factories.work_off(at=later)
    lena.opens("/ambassadors/me/statements/")
    lena.page.locator("main a.pay-talk__name").click()
    expect(lena.page.locator("tbody tr")).to_have_count(1)
    fee = "4,50" if lena.language == "de" else "4.50"
    expect(lena.page.locator("tfoot")).to_contain_text(fee)
    lena.can_read()


def a_stranger_draws_again(open_browser: Open, folder: Path) -> None:
    """The published files, computed again by somebody who has nothing else."""
    stranger = open_browser(None)
    stranger.goto("/product-tests/quiet/")
    for name in ("draw.json", "check_draw.py"):
        with stranger.expect_download() as download:
            stranger.get_by_role("link", name=name).click()
        download.value.save_as(folder / name)
    ran = subprocess.run(
        [sys.executable, "-I", "check_draw.py", "draw.json"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "The draw is right.")


def bears_out(lena: Member, clara: Member) -> None:
    """What the rows say of it: everything at its end, two looks at personal data, and nothing that differs."""
    states = (
        Application.objects.get().state, Ambassador.objects.get().state, Tester.objects.get().state,
        Shipment.objects.get().state,
    )  # fmt: skip
    assert states == ("active", "active", "reported", "delivered")
    review = Review.objects.get()
    assert (review.author, review.title, review.disclosure, review.photo_count) == (lena, "Quiet at six", "free", 1)
    looks = Disclosed.objects.filter(member=lena, by=clara).order_by("what").values_list("what", flat=True)
    assert list(looks) == ["address", "application"]
    line = Statement.objects.get(member=lena).lines.get()
    assert (str(line.amount), line.stars) == ("4.50", 5)
    assert differences() == []
