"""Ideas: propose, edit, delete and restore, vote, merge, decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Ballot, Contest, Idea, IdeaVote, Member, Notification, StatusChange
from community.services import ballots, idea_comments, idea_decisions, idea_votes, ideas, toolkits
from tests import factories
from tests.races.crowd import differences

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def give(idea: Idea, *voters: Member) -> None:
    for voter in voters:
        idea_votes.give(idea=idea, voter=voter, at=timezone.now())


def count(idea: Idea) -> int:
    return Idea.objects.get(pk=idea.pk).vote_count


def spent(contest: Contest) -> dict[str, int]:
    return dict(Ballot.objects.filter(contest=contest).values_list("member__display_name", "spent"))


def deeds(verb: str) -> int:
    return Activity.objects.filter(verb=verb).count()


class TestVotes:
    def test_a_vote_counts_once_and_honours_the_author(self, member: Member) -> None:
        idea = factories.idea()
        give(idea, member, member)
        deed = Activity.objects.get(verb="idea.found_good")
        assert (count(idea), deed.actor, deed.beneficiary) == (1, member, idea.author)

    def test_taken_back_it_is_undone_and_can_be_given_again(self, member: Member) -> None:
        idea = factories.idea()
        give(idea, member)
        idea_votes.withdraw(idea=idea, voter=member, at=timezone.now())
        idea_votes.withdraw(idea=idea, voter=member, at=timezone.now())
        give(idea, member)
        assert (count(idea), deeds("idea.found_good"), deeds("idea.vote_withdrawn")) == (1, 2, 1)
        assert Activity.objects.get(verb="idea.vote_withdrawn").undoes is not None

    def test_nobody_votes_for_their_own_idea(self, member: Member) -> None:
        idea = factories.idea(member)
        with pytest.raises(idea_votes.OwnIdea):
            give(idea, member)
        assert (count(idea), IdeaVote.objects.count()) == (0, 0)

    def test_a_deleted_idea_takes_no_vote(self, member: Member) -> None:
        idea = factories.idea()
        ideas.delete(idea=idea, by=idea.author, at=timezone.now())
        with pytest.raises(ideas.IdeaGone):
            give(idea, member)
        assert count(idea) == 0


class TestBudget:
    def test_it_is_spent_moved_and_never_exceeded(self, member: Member) -> None:
        contest = factories.contest(vote_budget=2)
        first, second, third = (factories.idea(contest=contest) for _ in range(3))
        give(first, member)
        give(second, member)
        with pytest.raises(ballots.BudgetSpent):
            give(third, member)
        assert [count(idea) for idea in (first, second, third)] == [1, 1, 0]
        idea_votes.withdraw(idea=first, voter=member, at=timezone.now())
        give(third, member)
        assert ([count(idea) for idea in (first, second, third)], spent(contest)) == ([0, 1, 1], {"Lena Sommer": 2})

    @pytest.mark.parametrize("stage", ["submit", "jury", "ended"])
    def test_votes_count_in_their_stage_only(self, stage: str, member: Member) -> None:
        contest = factories.contest(stage)
        idea = factories.idea(contest=contest)
        with pytest.raises(idea_votes.NotVoting):
            give(idea, member)
        assert (count(idea), spent(contest)) == (0, {})

    def test_a_vote_in_a_contest_honours_nobody_before_the_end(self, member: Member) -> None:
        give(factories.idea(contest=factories.contest()), member)
        assert Activity.objects.get(verb="contest.vote_given").beneficiary is None
        assert deeds("idea.found_good") == 0

    def test_deleting_gives_votes_back_and_restoring_takes_them_where_they_can_be_afforded(
        self, member: Member
    ) -> None:
        contest, poor = factories.contest(vote_budget=1), factories.member("Emil Poor")
        idea, other = factories.idea(contest=contest), factories.idea(contest=contest)
        give(idea, member, poor)
        ideas.delete(idea=idea, by=idea.author, at=timezone.now())
        assert spent(contest) == {"Lena Sommer": 0, "Emil Poor": 0}
        give(other, poor)
        ideas.restore(idea=idea, by=idea.author, at=timezone.now())
        assert (count(idea), count(other)) == (1, 1)
        assert spent(contest) == {"Lena Sommer": 1, "Emil Poor": 1}
        assert list(differences()) == []


class TestEntries:
    @pytest.mark.parametrize(("stage", "late"), [("upcoming", False), ("vote", False), ("jury", True), ("ended", True)])
    def test_a_contest_takes_ideas_in_its_time(self, stage: str, late: bool) -> None:
        contest = factories.contest(stage, late_ideas=late)
        with pytest.raises(ideas.NotCollecting):
            factories.idea(contest=contest, at=timezone.now())
        assert (Idea.objects.count(), Contest.objects.get().idea_count) == (0, 0)

    def test_late_ideas_come_while_voting_where_the_contest_says_so(self) -> None:
        contest = factories.contest("vote", late_ideas=True)
        factories.idea(contest=contest, at=timezone.now())
        assert Contest.objects.get().idea_count == 1

    def test_its_words_stay_once_votes_count(self) -> None:
        contest = factories.contest("vote")
        idea = factories.idea(contest=contest)
        with pytest.raises(ideas.NotCollecting):
            ideas.edit(
                idea=idea,
                by=idea.author,
                title="Something else now",
                body="",
                product=None,
                topic=None,
                at=timezone.now(),
            )
        assert Idea.objects.get().title == idea.title

    def test_what_is_composed_is_checked_priced_and_kept_in_both_languages(self) -> None:
        contest = factories.contest("submit")
        factories.toolkit(contest)
        idea = factories.idea(contest=contest, choices={"bean": "dark", "spice": "pepper"})
        kept = idea.configuration
        assert (str(kept.price), kept.currency, kept.choices) == ("11.00", "EUR", {"bean": "dark", "spice": "pepper"})
        assert kept.lines[0] == {
            "option_de": "bean",
            "option_en": "bean",
            "choice_de": "dark (de)",
            "choice_en": "dark",
            "price_effect": "1.50",
        }

    @pytest.mark.parametrize("choices", [None, {}, {"bean": "dark", "spice": "honey"}, {"bean": "free"}])
    def test_what_does_not_fit_is_refused(self, choices: dict[str, str] | None) -> None:
        contest = factories.contest("submit")
        factories.toolkit(contest)
        with pytest.raises(toolkits.NotComposed):
            factories.idea(contest=contest, choices=choices)
        assert (Idea.objects.count(), Contest.objects.get().idea_count) == (0, 0)

    def test_where_nothing_is_composed_choices_are_refused(self) -> None:
        with pytest.raises(toolkits.NoToolkit):
            factories.idea(contest=factories.contest("submit"), choices={"bean": "dark"})


class TestMerging:
    def test_voters_are_united_and_each_keeps_one_vote(self, member: Member) -> None:
        clara, both, only = factories.member("Clara Holm"), factories.member("Both"), factories.member("Only")
        contest = factories.contest()
        idea, into = factories.idea(contest=contest), factories.idea(member, contest=contest)
        give(idea, both, only, member)
        give(into, both)
        idea_decisions.merge(idea=idea, into=into, by=clara, at=timezone.now())
        # The author of the idea that stays had voted for the other one: nobody votes for their own.
        assert (count(into), spent(contest)) == (2, {"Both": 1, "Only": 1, "Lena Sommer": 0})
        assert set(IdeaVote.objects.values_list("idea_id", "voter__display_name")) == {
            (into.pk, "Both"),
            (into.pk, "Only"),
        }
        assert (Contest.objects.get().idea_count, list(differences())) == (1, [])

    def test_a_vote_that_moved_can_be_taken_back(self, member: Member) -> None:
        idea, into = factories.idea(), factories.idea()
        give(idea, member)
        idea_decisions.merge(idea=idea, into=into, by=factories.member(), at=timezone.now())
        idea_votes.withdraw(idea=into, voter=member, at=timezone.now())
        undone = Activity.objects.get(verb="idea.vote_withdrawn").undoes
        assert (count(into), undone and undone.beneficiary) == (0, idea.author)

    def test_chains_lead_to_the_last(self) -> None:
        first, second, third = factories.idea(), factories.idea(), factories.idea()
        by, at = factories.member(), timezone.now()
        idea_decisions.merge(idea=first, into=second, by=by, at=at)
        idea_decisions.merge(idea=second, into=third, by=by, at=at)
        assert Idea.objects.get(pk=first.pk).merged_into == third

    def test_what_cannot_be_one_stays_two(self) -> None:
        one, entry = factories.idea(), factories.idea(contest=factories.contest())
        for idea, into in ((one, one), (one, entry), (entry, one)):
            with pytest.raises(idea_decisions.NotMergeable):
                idea_decisions.merge(idea=idea, into=into, by=factories.member(), at=timezone.now())
        assert not Idea.objects.exclude(merged_into=None).exists()


class TestDecisions:
    def test_author_and_voters_are_told_once_with_the_reason(self, member: Member) -> None:
        idea, clara = factories.idea(), factories.member("Clara Holm")
        give(idea, member)
        factories.work_off()
        Notification.objects.all().delete()
        for _twice in range(2):
            idea_decisions.decide(
                idea=idea, status=Idea.Status.PLANNED, reason="Comes in spring.", by=clara, at=timezone.now()
            )
        factories.work_off()
        told = Notification.objects.filter(kind="idea.status_changed").values_list("member", "actor")
        assert set(told) == {(idea.author_id, clara.pk), (member.pk, clara.pk)}
        assert list(StatusChange.objects.values_list("status", "reason")) == [("planned", "Comes in spring.")]

    def test_declining_needs_a_reason(self) -> None:
        idea = factories.idea()
        with pytest.raises(idea_decisions.ReasonMissing):
            idea_decisions.decide(idea=idea, status=Idea.Status.DECLINED, reason=" ", by=idea.author, at=timezone.now())
        assert (Idea.objects.get().status, StatusChange.objects.count(), deeds("idea.status_changed")) == ("new", 0, 0)


class TestComments:
    def test_they_are_counted_hidden_and_shown(self, member: Member) -> None:
        idea, at = factories.idea(), timezone.now()
        comment = idea_comments.create(idea=idea, author=member, body="A **lid**\nplease.", at=at)
        counts = []
        for deed in (idea_comments.hide, idea_comments.delete, idea_comments.show, idea_comments.restore):
            deed(comment=comment, by=member, at=at)
            deed(comment=comment, by=member, at=at)
            counts.append(Idea.objects.get().comment_count)
        assert (comment.html, counts) == ("A <strong>lid</strong> please.", [0, 0, 0, 1])
        assert list(differences()) == []

    def test_the_author_of_the_idea_is_told(self, member: Member) -> None:
        idea = factories.idea()
        idea_comments.create(idea=idea, author=member, body="A lid, please.", at=timezone.now())
        idea_comments.create(idea=idea, author=idea.author, body="Yes.", at=timezone.now())
        factories.work_off()
        assert list(Notification.objects.values_list("kind", "member")) == [("idea_comment.created", idea.author_id)]
