"""A small populated community for journeys that look at every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from ambassadors.services import feeds, reports, training
from chat.models import Conversation, HelpRequest
from chat.services import conversations
from community.models import Answer, Comment, Delivery, Idea, Member, News, Product, Review, Role, Sanction, Thread
from community.services import (
    answers,
    channels,
    contests,
    idea_comments,
    idea_decisions,
    idea_votes,
    moderation,
    review_replies,
    sanctions,
)
from community.services.revisions import Change
from gamification.models import Hold, Quest, Reward
from gamification.services import holds, quests
from tests import factories
from tests.ambassadors import event_world, parcels, pay_world, programme_world, recruiting
from tests.ambassadors import product_tests as recruiting_tests
from tests.chat import desks
from tests.chat import world as chat_world
from tests.gamification import reward_world
from tests.recovery.product import wait_until


@dataclass(frozen=True, slots=True)
class World:
    """The people and posts whose pages are looked at."""

    asker: Member
    helper: Member
    thread: Thread
    answer: Answer
    comment: Comment
    product: Product
    own_thread: Thread
    review: Review
    news: News

    idea: Idea
    entry: Idea
    moderator: Member
    sanction: Sanction

    @property
    def public_pages(self) -> dict[str, str]:
        """Addresses that a stranger may read, by name."""
        return {
            "home": "/",
            "threads": "/threads/",
            "filtered": "/threads/?state=unanswered&phase=while",
            "thread": self.thread.get_absolute_url(),
            "thread from its beginning": f"{self.thread.get_absolute_url()}?sort=old",
            "history": f"/threads/{self.thread.pk}/answers/{self.answer.pk}/history/",
            "search": "/search/",
            "found": "/search/?q=grind+moka+product:aurora",
            "found nothing": "/search/?q=zeppelin+phase:never",
            "profile": self.helper.get_absolute_url(),
            "products": "/products/",
            "product": self.product.get_absolute_url(),
            "product filtered": f"{self.product.get_absolute_url()}?stars=4&show=photos",
            "block in a shop": f"/embed/products/{self.product.slug}/",
            "news": "/news/",
            "one of the news": self.news.get_absolute_url(),
            "way out of mails": f"/unsubscribe/{channels.token(self.helper, 'answers')}/",
            "ideas": "/ideas/",
            "planned ideas": "/ideas/?status=planned&sort=new",
            "idea": self.idea.get_absolute_url(),
            "composed idea": self.entry.get_absolute_url(),
            "contests": "/ideas/contests/",
            "contest": "/ideas/contests/winter/",
            "decided contest": "/ideas/contests/jug/",
            "leaderboard": "/leaderboard/",
            "board of a topic": "/leaderboard/?span=all&topic=water",
            "badges": "/badges/",
            "quests": "/quests/",
            "levels": "/levels/",
            "rewards": "/rewards/",
            "campaign": "/ambassadors/",
            "events": "/events/",
            "event": "/events/cupping/",
            "results of a test": "/product-tests/lighter/results/",
            "product tests": "/product-tests/",
            "product test": "/product-tests/quiet-mill/",
            "notice": "/notices/new/",
            "missing": "/threads/999999/nothing/",
            "log in": "/accounts/login/",
            "sign up": "/accounts/signup/",
            "password reset": "/accounts/password/reset/",
            "API": "/api/docs/",
        }

    @property
    def own_pages(self) -> dict[str, str]:
        """Addresses that need a signed-in member: the helper."""
        return {
            "ask": "/threads/new/?title=How+fine+should+I+grind",
            "waiting": "/threads/waiting/",
            "edit answer": f"/threads/{self.thread.pk}/answers/{self.answer.pk}/edit/",
            "review": f"/products/{self.product.slug}/reviews/new/",
            "edit review": f"/reviews/{self.review.pk}/edit/",
            "propose": "/ideas/new/?title=A+lid+for+the+box",
            "compose": "/ideas/new/?contest=winter",
            "edit idea": f"/ideas/{self.idea.pk}/edit/",
            "jury": "/ideas/contests/winter/jury/",
            "own profile": self.helper.get_absolute_url(),
            "settings": "/settings/",
            "follows": "/follows/",
            "merge": f"/threads/{self.own_thread.pk}/merge/",
            "report": f"/flags/thread/{self.thread.pk}/",
            "blocks": "/settings/blocks/",
            "decisions": "/settings/decisions/",
            "one decision": f"/settings/decisions/{self.sanction.pk}/",
            "own data": "/settings/data/",
            "notifications": "/notifications/",
            "notification settings": "/settings/notifications/",
            "ledger": "/points/",
            "why nothing": "/points/decisions/",
            "own board": "/leaderboard/",
            "own badges": "/badges/",
            "own rewards": "/rewards/",
            "redeem": f"/rewards/{Reward.objects.get(kind='parcel').pk}/redeem/",
            "wallet": "/wallet/",
            "own quests": "/quests/",
            "apply": "/ambassadors/winter/",
            "applications": "/ambassadors/applications/",
            "who knows more": "/ambassadors/nominations/",
            "own events": "/events/",
            "own work": "/ambassadors/me/",
            "training": "/ambassadors/training/",
            "a lesson": "/ambassadors/training/open-lesson/",
            "a lesson passed": "/ambassadors/training/passed-lesson/",
            "proof of training": "/ambassadors/training/proof/",
            "agreements": "/ambassadors/me/agreement/",
            "tier and profile": "/ambassadors/me/profile/",
            "consultations": "/ambassadors/me/consultations/",
            "statements": "/ambassadors/me/statements/",
            "one statement": "/ambassadors/me/statements/1/",
            "where one is paid": "/ambassadors/me/account/",
            "ticket": "/events/cupping/",
            "waiting list": "/events/tour/",
            "held points": "/points/holds/",
            "messages": "/messages/",
            "requests": "/messages/?show=requests",
            "found messages": "/messages/?q=gasket",
            "one talk": f"/messages/{_talk(self.helper)}/",
            "report a message": f"/messages/{_talk(self.helper)}/report/1/",
            "delete a message": f"/messages/{_talk(self.helper)}/delete/2/",
            "new group": "/messages/groups/new/",
            "desk": "/desk/",
            "who waits": "/desk/?show=waiting",
            "talk at the desk": f"/desk/{HelpRequest.objects.get(responder__member=self.helper).conversation_id}/",
            "times at the desk": "/desk/times/",
            "one hold": Hold.objects.get(member=self.helper).get_absolute_url(),
            "own product tests": "/product-tests/",
            "own application": "/product-tests/quiet-mill/",
            "invitation": "/product-tests/quiet-drawn/",
            "running test": "/product-tests/quiet/mine/",
            "report of a test": "/product-tests/quiet/report/",
            "address of a sample": "/product-tests/handle/mine/",
            "e-mail": "/accounts/email/",
            "password": "/accounts/password/change/",
            "second factor": "/accounts/2fa/",
            "sessions": "/accounts/sessions/",
            "sign out": "/accounts/logout/",
        }

    @property
    def team_pages(self) -> dict[str, str]:
        """Addresses that show more to a moderator."""
        return {
            "queue": "/moderation/",
            "take away": f"/moderation/remove/comment/{self.comment.pk}/",
            "merge somebody's": f"/threads/{self.own_thread.pk}/merge/",
            "somebody's thread": self.thread.get_absolute_url(),
            "somebody's idea": self.idea.get_absolute_url(),
        }


def populated() -> World:
    """Return people, a solved thread with a comment, an unanswered one, and all that follows from them."""
    asker = factories.member("Lena Sommer")
    helper = factories.member("Mara Lindqvist", Role.AMBASSADOR)
    product = factories.product("aurora-s1", name="Aurora S1", price="1290.00")
    topic = factories.topic("water", name="Descaling and water")
    thread = factories.thread(
        asker, title="Pressure drops after descaling", phase="after", product=product, topic=topic
    )
    answer = factories.accepted_answer(thread, helper)
    changed = f"{answer.body}\n\nFlush it until no bubbles come, {'then wait a minute and ' * 4}try again."
    answers.edit(answer=answer, by=helper, body=changed, change=Change(reason="More steps"), at=timezone.now())
    comment = factories.comment(answer, asker)
    factories.answer(thread, body="Same here.\n\n> air in the line\n\n`hot water` helps.")
    factories.thread(title="Wann kommt die Mahl Two?", phase="while", product=product)
    own = factories.thread(helper, title="Pressure drops after descaling with vinegar")
    review = factories.review(factories.product(name="Fjord"), helper, pros="quiet", cons="tank", disclosure="test")
    said = factories.review(product, stars=4, pros="fast\nquiet", cons="narrow tank")
    review_replies.put(review=said, by=factories.member("Ben Vogt", Role.AGENT), body="Thank you.", at=timezone.now())
    factories.review(product, stars=2, title="Siebträgermaschinenreinigungsintervall unterschätzt", disclosure="free")
    item = factories.news(product)
    quest()
    idea, entry = proposed(helper, asker)
    team = moderated(helper, comment)
    recruiting.campaign(slug="winter")
    worked_off()
    rewarded(helper)
    invited(helper)
    testing(helper)
    paid(helper)
    held(helper)
    helping(helper, product)
    talking(helper, asker)
    learning(helper)
    return World(asker, helper, thread, answer, comment, product, own, review, item, idea, entry, *team)


def learning(member: Member) -> None:
    """Let ``member`` be an active ambassador with a lesson that is open, one that is passed, and a text to sign."""
    programme_world.active(member)
    programme_world.agreement("consent", required=False)
    programme_world.module(slug="open-lesson", required=False)
    passed = programme_world.module(slug="passed-lesson", required=False)
    answers = programme_world.right_answers(passed)
    training.attempt(module=passed, member=member, answers=answers, at=timezone.now())


def moderated(helper: Member, comment: Comment) -> tuple[Member, Sanction]:
    """Return a moderator and what was decided about ``helper``, who reported a comment that waits in the queue."""
    team, at = factories.member("Edda Kroll", Role.MODERATOR), timezone.now()
    moderation.flag(kind="comment", post=comment, member=helper, reason="rude", note="Not like this.", at=at)
    grade, rule = Sanction.Grade.NOTICE, "Be kind: we talk about machines and not about people."
    return team, sanctions.impose(member=helper, grade=grade, facts="A harsh word.", rule=rule, by=team, at=at)


def rewarded(member: Member) -> None:
    """Give ``member`` credits, a code and something in reach; there is more in the catalogue."""
    reward_world.grant(member, 300)
    reward_world.redeem(reward_world.reward("coupon", name="Ten percent code", headline="10 %"), member)
    reward_world.parcel(name="Polar Night, 250 g", description="Freshly roasted")
    reward_world.reward(name="Kettle", price=900, stock=3, min_level=9)


def invited(member: Member) -> None:
    """A seat in one event, a place in the queue of another, and an address for the calendar."""
    event_world.register(event_world.event(slug="cupping", link="https://meet.example.com/cupping"), member)
    tour = event_world.event(slug="tour", capacity=1)
    event_world.register(tour)
    event_world.register(tour, member)
    feeds.renew(member=member, at=timezone.now())


def testing(member: Member) -> None:
    """A sample that has arrived with a report begun, one that waits for an address, and a test with results."""
    running = parcels.participant(parcels.running("testing", slug="quiet"), member)
    parcels.arrived(running)
    asked = parcels.question(running.test)
    parcels.question(running.test, "long", label="What would you change?", required=False)
    begun = reports.Content(stars=4, answers={asked.name: 0})
    reports.save(tester=running, content=begun, at=timezone.now())
    parcels.participant(parcels.running("shipping", slug="handle"), member)
    open_to_all = recruiting_tests.recruiting(slug="quiet-mill", quotas={"few": 1, "many": 2})
    recruiting_tests.applied(open_to_all, member, segment="few")
    # Drawn yesterday: what happens in the future is worked off then. At once, or the served worker draws in between.
    began = timezone.now() - timedelta(days=9)
    with transaction.atomic():
        chosen = recruiting_tests.recruiting(slug="quiet-drawn", seats=1, at=began)
        recruiting_tests.applied(chosen, member, at=began)
        recruiting_tests.drawn(chosen)
    over = parcels.running("testing", slug="lighter", product=factories.product(name="Midsummer"))
    said = {parcels.question(over, public=True).name: 1}
    for number in range(5):
        parcels.reported(parcels.participant(over, factories.member(f"Tester {number}")), answers=said)
    parcels.published(over)


def paid(member: Member) -> None:
    """A statement, an account, and talks of each kind."""
    now = timezone.now()
    pay_world.statement(member)
    pay_world.profile(member)
    pay_world.bare(member, at=now)
    for state, why in (("not_qualified", "no_reply"), ("disputed", "few_messages")):
        pay_world.bare(member, at=now, state=state, why=why)


def held(member: Member) -> None:
    """Points of ``member`` were held for a moment and do count."""
    at = timezone.now()
    by, second = factories.member("Clara Holm", Role.MANAGER), factories.member("Jonte Meyer", Role.MANAGER)
    case = holds.open_manually(member=member, since=at - timedelta(days=1), note="Odd hours.", by=by, at=at)
    holds.decide(case=case, release=True, statement="Night shifts.", by=second, at=at)


def talking(helper: Member, asker: Member) -> None:
    """Two people who write to each other, and a stranger who asks."""
    talk = chat_world.direct(asker, helper)
    for by, body in ((asker, "Which gasket fits?"), (helper, "The **58 mm** one."), (asker, "Thank you")):
        chat_world.said(talk, by, body)
    stranger = factories.member("Nele Voss")
    chat_world.said(conversations.with_member(by=stranger, to=helper, at=timezone.now()), stranger)


def _talk(member: Member) -> int:
    return Conversation.objects.get(kind="direct", requested_by=None, participants__member=member).pk


def helping(member: Member, product: Product) -> None:
    """``member`` helps somebody in the shop, is offered somebody else, and a third one waits."""
    # The desk is seen for as long as the journey looks elsewhere.
    there = timezone.now() + timedelta(hours=1)
    responder = desks.responder(member=member, capacity=3, seen_at=there)
    desks.helped(responder, desks.telling(product=product, cart_shared=True))
    desks.asked("Does it fit under a cupboard?", target="ambassadors", language="de")


def quest() -> None:
    """Somebody has a step to do until tomorrow."""
    today = timezone.localdate()
    made = Quest(slug="autumn", name="A good month", first_day=today, last_day=today + timedelta(days=1), credits=40)
    quests.keep(quest=made, steps={"accepted_answers": 2, "helpful_votes": 1}, by=None, at=timezone.now())


def proposed(helper: Member, asker: Member) -> tuple[Idea, Idea]:
    """Return an idea of the board, decided about and talked about, and a composed entry of a contest that runs."""
    at = timezone.now()
    idea = factories.idea(helper, title="Kaffeemaschinenwassertankvergrößerung für die Aurora")
    idea_votes.give(idea=idea, voter=asker, at=at)
    idea_comments.create(idea=idea, author=asker, body="Yes, **please**.", at=at)
    idea_decisions.decide(idea=idea, status=Idea.Status.PLANNED, reason="Comes in spring.", by=asker, at=at)
    running = factories.contest("vote", slug="winter", late_ideas=True, blind_votes=True, picture="demo/mahl-one.svg")
    running.jury.add(helper)
    factories.toolkit(running)
    entry = factories.idea(contest=running, choices={"bean": "dark", "spice": "pepper"})
    decided = factories.contest("ended", slug="jug")
    won = factories.idea(title="Handle for left hands", contest=decided)
    idea_votes.give(idea=won, voter=asker, at=decided.vote_from)
    contests.close(contest_id=decided.pk, at=at)
    return idea, entry


def worked_off() -> None:
    """Return once nothing waits: the served product's own worker may hold what this thread would take."""

    def at_rest() -> bool:
        factories.work_off()
        return not Delivery.objects.exists()

    wait_until(at_rest, seconds=120)


def connected(page: Page) -> None:
    """Return once the page's socket is open.

    Read as an attribute: a script text that is waited on runs inside the page, where the product's own Content
    Security Policy forbids it from the second look on.
    """
    expect(page.locator("body")).to_have_attribute("data-live-state", "open")
