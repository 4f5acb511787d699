"""People with posts, applications, seats and talks of every kind, and a browser each."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from PIL import Image

from ambassadors.models import TrainingChoice
from ambassadors.queries import tickets
from ambassadors.services import feeds, programme
from chat.models import BotTalk, Conversation, HelpRequest, Participant
from chat.services import conversations, groups, messages
from chat.services import help as helping
from community.models import Draft, Member, Role, Sanction
from community.queries import channels
from community.services import (
    answers,
    blocks,
    comments,
    drafts,
    exports,
    follows,
    idea_comments,
    idea_votes,
    ideas,
    metoos,
    moderation,
    official,
    review_replies,
    review_votes,
    reviews,
    sanctions,
    threads,
    uploads,
    votes,
)
from community.services import channels as channel_services
from gamification.models import Award, Hold
from gamification.services import holds, issuing
from tests import factories
from tests.ambassadors import event_world, parcels, pay_world, product_tests, programme_world, recruiting
from tests.chat import desks
from tests.chat import world as chat_world
from tests.community.addresses import CHANNELS, PICTURE, Address
from tests.gamification import reward_world


class Browser:
    """Where somebody is signed in; each request finds it as it was then."""

    def __init__(self, member: Member) -> None:
        self.client = Client()
        self.client.post("/accounts/login/", {"login": member.email, "password": factories.PASSWORD})
        self.client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
        self.client.get("/follows/", headers={"Accept-Language": "en"})
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def send(self, method: str, path: str, body: Any) -> Any:
        """Ask as a page or as an app does."""
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        if path.startswith("/api/") and not (isinstance(body, dict) and "file" in body):
            return self.client.generic(method.upper(), path, json.dumps(body or {}), "application/json")
        return self.client.post(path, body)


class World:
    """What addresses name, by name; who asks is the team, a customer, an ambassador, or one who rests."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.member = factories.member("Priya Nair", Role.MANAGER, Role.AGENT, active_on=timezone.now().date())
        self.clara = factories.member("Clara Holm", Role.MANAGER)
        self.other = factories.member("Jonas Weber")
        self.customer, self.ambassador, self.resting = map(factories.member, ("Lena Sommer", "Mara Voss", "Tom Rauch"))
        self.people = {
            "team": self.member,
            "customer": self.customer,
            "ambassador": self.ambassador,
            "resting": self.resting,
        }
        self.names: dict[str, object] = {"handle": self.member.handle, "other": self.other.handle}
        factories.product("aurora")
        self.kettle = factories.product("kettle")
        self._questions()
        self._remarks()
        self._ideas()
        self._reviews()
        self._own()
        self._safety()
        self._points()
        self._rewards()
        self._events()
        self._samples()
        self._talks()
        self._desk()
        self._applications()
        self._tests()
        self._programme()
        self._pay()
        factories.work_off()
        self.made = timezone.now()
        self.browsers = {name: Browser(member) for name, member in self.people.items()}

    def ask(self, address: Address) -> Any:
        """Send the request, and take to the end what it hands over."""
        path, body = address.path.format(**self.names), self._filled(address.body)
        response = self.browsers[address.by].send(address.method, path, body)
        if response.streaming:
            list(response)
        return response

    def _filled(self, body: Any) -> Any:
        if body == CHANNELS:
            chosen = {f"channel_{c.group.name}": c.channel for c in channels.of(self.member)}
            return {**chosen, "channel_answers": "weekly"}
        return self._value(body)

    def _talks(self) -> None:
        """Talks with a friend, with a stranger who asks, and in a group."""
        member, at = self.member, self.now
        friend, second = factories.member("Ida Berg"), factories.member("Felix Holm")
        talk = chat_world.direct(friend, member)
        chat_world.said(talk, friend)
        chat_world.said(talk, member)
        chat_world.said(chat_world.direct(member, second), second)
        request = conversations.with_member(by=self.other, to=member, at=at)
        chat_world.said(request, self.other)
        group = groups.begin(by=member, title="Brewers", people=(friend, second), at=at)
        self.name(talk=talk, request=request, group=group, friend_pk=friend, other_friend_pk=second)
        self.names["stranger"] = factories.member("Nora Falk").handle

    def _desk(self) -> None:
        """Her desk with something in every state, and what she has asked herself."""
        own = desks.agent(member=self.member, capacity=9)
        self.name(offer=desks.offered(own))
        own.refresh_from_db()
        helped, over = desks.helped(own), desks.helped(own, desks.asked("And which kettle?"))
        helping.close(asked=over, by=self.member, at=self.now)
        asked = helping.ask(by=self.member, context=helping.Context(), question="Is it loud?", at=self.now)
        BotTalk.objects.create(help=asked, began_at=self.now)
        advised = helping.ask(by=self.member, context=helping.Context(), question="Is it heavy?", at=self.now)
        ben = desks.agent("Ben Okafor", available=False)
        HelpRequest.objects.filter(pk=advised.pk).update(responder=ben)
        place = Participant.objects.create(conversation=advised.conversation, member=ben.member, joined_at=self.now)
        messages.send(participant=place, client_id=uuid.uuid4(), body="Light.", at=self.now)
        Conversation.objects.filter(pk=advised.conversation_id).update(state="closed", closed_at=self.now)
        rows = {
            "waiting": desks.asked("Which beans?", target="agents"),
            "helped": helped,
            "over": over,
            "asked": asked,
            "advised": advised,
        }
        self.names.update({name: row.conversation_id for name, row in rows.items()})

    def _value(self, value: Any) -> Any:
        if value == PICTURE:
            file = io.BytesIO()
            Image.new("RGB", (40, 30), "brown").save(file, "PNG")
            file.name = "cup.png"
            file.seek(0)
            return file
        if isinstance(value, dict):
            return {name.format(**self.names): self._value(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._value(one) for one in value]
        return value.format(**self.names) if isinstance(value, str) else value

    def name(self, **rows: Any) -> None:
        """Give rows the names that addresses call them by."""
        self.names.update({name: row.pk for name, row in rows.items()})

    def _questions(self) -> None:
        member, at = self.member, self.now
        thread, other = factories.thread(member), factories.thread(self.other)
        reply, answer = factories.answer(thread, self.other), factories.answer(other, member, at=at - timedelta(days=1))
        gone = factories.answer(other, member)
        answers.delete(answer=gone, by=member, at=at)
        answers.edit(answer=answer, by=member, body="Quite another text. " * 20, at=at)
        solved = factories.thread(member)
        accepted, chosen = factories.answer(solved, self.other), factories.answer(solved, self.other)
        answers.accept(answer=accepted, by=member, at=at)
        official.choose(answer=chosen, by=self.clara, at=at)
        votes.cast(answer=chosen, voter=member, value=1, at=at)
        deleted, same = factories.thread(member), factories.thread(self.other)
        threads.delete(thread=deleted, by=member, at=at)
        metoos.say(thread=same, member=member, value=1, at=at)
        self.name(
            thread=thread, other_thread=other, reply=reply, answer=answer, deleted_answer=gone, solved=solved,
            accepted=accepted, official=chosen, deleted_thread=deleted, same_thread=same,
            revision=answer.revisions.order_by("pk")[0],
        )  # fmt: skip

    def _remarks(self) -> None:
        comment, gone = (factories.comment(factories.thread(self.other), self.member) for _ in range(2))
        comments.delete(comment=gone, by=self.member, at=self.now)
        self.name(comment=comment, deleted_comment=gone)

    def _ideas(self) -> None:
        member, at = self.member, self.now
        idea, gone = (factories.idea(member) for _ in range(2))
        other, voted = (factories.idea(self.other) for _ in range(2))
        ideas.delete(idea=gone, by=member, at=at)
        idea_votes.give(idea=voted, voter=member, at=at)
        remark, gone_remark = (idea_comments.create(idea=other, author=member, body="Yes.", at=at) for _ in range(2))
        idea_comments.delete(comment=gone_remark, by=member, at=at)
        contest = factories.contest("jury", host=self.clara)
        contest.jury.add(member)
        self.names["jury"] = contest.slug
        self.name(
            idea=idea, deleted_idea=gone, other_idea=other, voted_idea=voted, idea_comment=remark,
            deleted_idea_comment=gone_remark, entry=factories.idea(self.other, contest=contest),
        )  # fmt: skip

    def _reviews(self) -> None:
        member, at = self.member, self.now
        own, gone = factories.review(None, member), factories.review(None, member)
        reviews.delete(review=gone, by=member, at=at)
        other, replied = factories.review(self.kettle), factories.review(self.kettle)
        review_replies.put(review=replied, by=self.clara, body="Thank you.", at=at)
        review_votes.cast(review=replied, voter=member, helpful=True, at=at)
        picture = uploads.encode(self._value(PICTURE))
        reviews.change_photos(review=own, by=member, new=[picture], at=at)
        self.name(photo=own.photos.get(), review=own, deleted_review=gone, other_review=other, replied_review=replied)

    def _own(self) -> None:
        member, at, blocked = self.member, self.now, factories.member("Blocked")
        blocks.block(member=member, blocked=blocked, at=at)
        place = drafts.Place(Draft.Kind.NEW_ANSWER, int(str(self.names["other_thread"])))
        drafts.save(member=member, place=place, content={"body": "Half a thought"}, base=0, at=at)
        for target in (factories.topic("beans"), self.kettle, None):
            follows.follow(member=member, target=target, at=at)
        factories.topic("water")
        export = exports.ask(member=member, at=at)
        exports.finish_all(at=at)
        self.names |= {
            "blocked": blocked.handle, "export": export.token, "token": channel_services.token(member, "answers"),
        }  # fmt: skip

    def _rewards(self) -> None:
        reward_world.grant(self.member, 10)
        self.name(reward=reward_world.reward(price=1))

    def _events(self) -> None:
        """An event to come, one with a seat of hers, and one with somebody at the door."""
        coming, held = event_world.event(), event_world.event()
        today = event_world.event(starts_at=self.now + timedelta(hours=2), closes_at=self.now + timedelta(hours=1))
        event_world.register(held, self.member)
        ticket = event_world.register(today, self.other)
        feeds.renew(member=self.member, at=self.now)
        self.names |= {"coming": coming.slug, "held": held.slug, "today": today.slug}
        self.names["ticket_code"] = tickets.code_of(ticket)
        self.name(coming_pk=coming, held_pk=held, ticket=ticket)

    def _samples(self) -> None:
        """One product test that waits for her address, one whose parcel is on its way, one with a sample at home."""
        for place, deed in (("to_pack", None), ("on_its_way", parcels.sent), ("at_home", parcels.arrived)):
            seat = parcels.participant(parcels.running("shipping"), self.member)
            self.names[place] = seat.test.slug
            self.name(**{f"{place}_pk": seat.test})
            if deed is not None:
                deed(seat)

    def _applications(self) -> None:
        """A campaign that the customer may apply for, an application of theirs that waits, and an offer to them."""
        wanted = recruiting.campaign()
        offered = recruiting.moved(recruiting.submitted(member=self.customer), self.clara, "screened", "offered")
        self.names["campaign"] = wanted.slug
        self.name(sent=recruiting.submitted(member=self.customer), offered=offered, why=wanted.questions.earliest("pk"))
        thread = factories.thread(self.other, topic=factories.topic("grinding"))
        answers.accept(answer=factories.answer(thread, self.customer), by=self.other, at=self.now)
        self.name(known_topic=thread.topic)

    def _tests(self) -> None:
        """A product test that the customer may apply for, one that they did, and a seat that they are offered."""
        begun = self.now - product_tests.WEEK - timedelta(days=1)
        free, applied = product_tests.recruiting(), product_tests.applied(product_tests.recruiting(), self.customer)
        invited = product_tests.applied(product_tests.recruiting(at=begun), self.customer, at=begun)
        product_tests.drawn(invited.test)
        self.names |= {"free_test": free.slug, "applied_test": applied.test.slug, "invited_test": invited.test.slug}
        self.name(free_test_pk=free, invitation=invited)

    def _programme(self) -> None:
        """Two who have signed, of whom one rests, words that are new, and a lesson."""
        signed = programme_world.agreement()
        programme_world.active(self.ambassador)
        resting = programme_world.active(self.resting)
        programme.pause(ambassador=resting, by=self.resting, at=self.now, reason="Exams.")
        lesson = programme_world.module(required=False, questions=1)
        choice = TrainingChoice.objects.filter(question__module=lesson).earliest("pk")
        self.names["lesson"] = lesson.slug
        self.name(
            signed=signed, unsigned=programme_world.agreement("consent", required=False), choice=choice,
            question=choice.question,
        )  # fmt: skip

    def _pay(self) -> None:
        """A talk that the ambassador is paid for, and where to."""
        self.name(paid=pay_world.bare(self.ambassador, at=self.now))
        pay_world.profile(self.ambassador)

    def _points(self) -> None:
        """Thanked for once: a badge, and points that a manager holds."""
        factories.accepted_answer(author=self.member)
        factories.work_off()
        award = Award.objects.select_related("grade__badge").filter(member=self.member).earliest("grade__threshold")
        since = self.now - timedelta(days=1)
        holds.open_manually(member=self.member, since=since, note="Odd.", by=self.clara, at=timezone.now())
        # The key that signs is made at the first badge, and takes long.
        issuing.current(at=self.now)
        self.name(hold=Hold.objects.get(member=self.member))
        self.names["badge"] = award.grade.badge.slug

    def _safety(self) -> None:
        flagged, at = factories.answer(), self.now
        case = moderation.flag(kind="answer", post=flagged, member=self.other, reason="spam", at=at).case
        again = moderation.flag(kind="answer", post=factories.answer(), member=self.other, reason="spam", at=at).case
        moderation.decide(case=again, by=self.clara, remove=True, at=at)
        self.name(case=case, decided_case=again, sanction=impose(self.member, self.clara, "notice"))


def impose(member: Member, by: Member, grade: str) -> Sanction:
    """Decide against the member for a day."""
    now = timezone.now()
    until = None if grade == "notice" else now + timedelta(days=1)
    return sanctions.impose(
        member=member, grade=Sanction.Grade(grade), facts="Links.", rule="No advertising.", until=until, by=by, at=now
    )
