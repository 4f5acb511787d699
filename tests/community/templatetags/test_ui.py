"""The small parts: what they show, and that what members wrote is escaped in them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.utils import timezone, translation

from community.models import Member, Notification, Product, Standing, Thread
from community.templatetags import ui

PIN = {"shape": "hex", "tone": "fjord", "tier": "gold", "glyph": "drop", "name_de": "Wasser", "name_en": "Water"}


def member(**standing: object) -> Member:
    """A member who is not stored."""
    person = Member(pk=7, handle="mara", display_name="Mara Lindqvist", email="mara@demo.example")
    person.standing = Standing(member=person, **standing)
    return person


class TestIcon:
    def test_names_a_symbol_of_the_sprite_and_hides_from_readers(self) -> None:
        assert 'icons.svg#bell"' in ui.icon("bell")
        assert 'aria-hidden="true"' in ui.icon("bell")

    def test_takes_a_size(self) -> None:
        assert 'class="icon icon--s"' in ui.icon("bell", "s")


class TestMedal:
    def test_draws_shape_enamel_rim_and_glyph(self) -> None:
        drawn = ui.medal(PIN, "l")
        assert "#pin-hex" in drawn
        assert "#drop" in drawn
        assert 'data-tone="fjord" data-tier="gold"' in drawn
        assert 'class="medal medal--l"' in drawn

    def test_draws_nothing_without_a_pin(self) -> None:
        assert ui.medal({}) == ""

    def test_escapes_what_stands_in_the_row(self) -> None:
        assert "<script>" not in ui.medal({**PIN, "glyph": '"><script>'})

    @pytest.mark.parametrize(("language", "name"), [("de", "Wasser"), ("en", "Water")])
    def test_is_named_in_the_readers_language(self, language: str, name: str) -> None:
        with translation.override(language):
            assert ui.pin_name(PIN) == name


class TestAvatar:
    def test_shows_initials_without_a_picture(self) -> None:
        assert ">ML</span>" in ui.avatar(member())

    def test_shows_ring_and_pin_of_the_standing(self) -> None:
        shown = ui.avatar(member(level=3, level_progress=42, pin=PIN))
        assert 'stroke-dasharray="42 100"' in shown
        assert "#pin-hex" in shown

    def test_leaves_ring_and_pin_out_when_asked(self) -> None:
        shown = ui.avatar(member(level=3, level_progress=42, pin=PIN), ring=False, pin=False)
        assert "ring" not in shown
        assert "medal" not in shown

    def test_escapes_a_hostile_name(self) -> None:
        person = member()
        person.display_name = "<script> <img>"
        assert "<script>" not in ui.avatar(person)
        assert "&lt;" in ui.avatar(person)


class TestRoleLabel:
    def test_says_the_role_in_words(self) -> None:
        with translation.override("en"):
            assert "Ambassador</span>" in ui.role_label(member(role="ambassador"))

    def test_says_nothing_for_a_customer(self) -> None:
        assert ui.role_label(member()) == ""


class TestAgo:
    @pytest.mark.parametrize(
        ("passed", "words"),
        [
            (timedelta(seconds=20), "just now"),
            (timedelta(minutes=1), "1 minute ago"),
            (timedelta(minutes=59), "59 minutes ago"),
            (timedelta(hours=2), "2 hours ago"),
            (timedelta(days=3), "3 days ago"),
        ],
    )
    def test_says_how_long_ago(self, passed: timedelta, words: str) -> None:
        with translation.override("en"):
            assert f">{words}</time>" in ui.ago(timezone.now() - passed)

    def test_says_the_date_after_a_week(self) -> None:
        at = timezone.now() - timedelta(days=30)
        with translation.override("en"):
            assert str(timezone.localtime(at).year) in ui.ago(at)

    def test_carries_the_exact_moment(self) -> None:
        at = timezone.now()
        assert f'datetime="{at.isoformat(timespec="seconds")}"' in ui.ago(at)


class TestProduct:
    def test_picture_is_static_or_absolute(self) -> None:
        assert ui.picture(Product(picture="demo/aurora-s1.svg")).startswith("/static/demo/aurora-s1")
        assert ui.picture(Product(picture="https://shop.example/a.png")) == "https://shop.example/a.png"

    def test_chip_escapes_the_name(self) -> None:
        assert "<b>" not in ui.product_chip(Product(slug="x", name="<b>"))

    def test_chip_is_empty_without_product(self) -> None:
        assert ui.product_chip(None) == ""

    def test_money_is_written_in_the_readers_language(self) -> None:
        with translation.override("de"):
            assert ui.money(Decimal("1290.00"), "EUR") == "1.290,00\N{NO-BREAK SPACE}€"
        with translation.override("en"):
            assert ui.money(Decimal("1290.00"), "EUR") == "€1,290.00"


class TestThread:
    def test_marks_a_solved_thread(self) -> None:
        with translation.override("en"):
            assert "Solved" in ui.solved_label(Thread(state="solved"))
        assert ui.solved_label(Thread(state="open")) == ""

    def test_keeps_a_hidden_mark_where_a_thread_may_be_solved_before_the_readers_eyes(self) -> None:
        assert " data-solved hidden>" in ui.solved_label(Thread(state="open"), live=True)
        assert " data-solved>" in ui.solved_label(Thread(state="solved"), live=True)

    def test_names_a_foreign_language(self) -> None:
        with translation.override("en"):
            assert ui.foreign("de") == ' lang="de"'
            assert ui.foreign("en") == ""


class TestQuery:
    def test_keeps_filters_and_forgets_the_cursor(self) -> None:
        request = RequestFactory().get("/threads/?phase=after&cursor=abc&sort=top")
        template = Template("{% load ui %}{% query sort='active' %}")
        assert template.render(Context({"request": request})) == "?phase=after&amp;sort=active"

    def test_drops_what_is_emptied(self) -> None:
        request = RequestFactory().get("/threads/?sort=top")
        template = Template("{% load ui %}{% query sort=None %}")
        assert template.render(Context({"request": request})) == "?"


class TestControl:
    class Form(forms.Form):
        name = forms.CharField(help_text="Short.")
        secret = forms.CharField(widget=forms.PasswordInput)
        agree = forms.BooleanField()
        phase = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
        topic = forms.ChoiceField(choices=[("a", "A")])

    def test_ties_hint_and_error_to_the_control(self) -> None:
        shown = ui.control(self.Form({})["name"])
        assert 'aria-describedby="id_name_helptext id_name_error"' in shown
        assert 'aria-invalid="true"' in shown
        assert 'class="input"' in shown

    @pytest.mark.parametrize(
        ("name", "kind"),
        [("name", "plain"), ("secret", "password"), ("agree", "check"), ("phase", "group"), ("topic", "select")],
    )
    def test_knows_the_frame_of_each_widget(self, name: str, kind: str) -> None:
        assert ui.field_kind(self.Form()[name]) == kind


class TestCurrent:
    LINK = Template("{% load ui %}<a{% current 'community:threads' 'community:thread' %}>")

    @pytest.mark.parametrize(
        ("view", "marked"),
        [
            ("community:threads", '<a aria-current="page">'),
            ("community:thread", '<a aria-current="true">'),
            ("community:home", "<a>"),
        ],
    )
    def test_marks_the_page_and_what_is_inside_of_it(self, view: str, marked: str) -> None:
        request = RequestFactory().get("/")
        namespace, _, name = view.partition(":")
        request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name=name, namespaces=[namespace])
        assert self.LINK.render(Context({"request": request})) == marked

    def test_marks_nothing_on_a_page_without_address(self) -> None:
        assert self.LINK.render(Context({"request": RequestFactory().get("/nowhere/")})) == "<a>"


class TestNews:
    def test_words_a_notification_and_escapes_what_members_wrote(self) -> None:
        thread = Thread(pk=3, title="<script>alert(1)</script>")
        told = Notification(
            kind="answer.created", actor=member(), thread=thread, facts={"answer": 9}, created_at=timezone.now()
        )
        with translation.override("en"):
            shown = ui.news(told)
        assert "<strong>Mara Lindqvist</strong> answered" in shown
        assert "/answers/9/" in shown
        assert "<script>" not in shown

    def test_says_nothing_about_a_kind_that_no_app_brings_any_more(self) -> None:
        assert ui.news(Notification(kind="gone", facts={})) == ""
