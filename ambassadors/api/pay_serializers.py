"""Consultations and statements as the API tells them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ambassadors.models import Consultation, Statement, StatementLine
from ambassadors.queries import consultations


class MoneyFieldSerializer(serializers.DecimalField):
    """An amount with two places, as a string."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **given)


class ConsultationSerializer(serializers.ModelSerializer[Consultation]):
    """A talk of yours that is over."""

    conversation = serializers.IntegerField(source="conversation_id", read_only=True)
    why = serializers.CharField(read_only=True, help_text="What it lacks where it does not count; else empty.")
    stars = serializers.SerializerMethodField(help_text="How it was rated; it changes no fee.")
    fee = MoneyFieldSerializer(read_only=True)
    ended_at = serializers.DateTimeField(source="closed_at", read_only=True)

    class Meta:
        model = Consultation
        fields = (
            "id", "conversation", "state", "why", "helper_messages", "visitor_replies", "stars", "tier", "fee",
            "currency", "ended_at",
        )  # fmt: skip
        read_only_fields = ("state", "helper_messages", "visitor_replies", "tier", "currency")

    @extend_schema_field({"type": "integer", "nullable": True, "minimum": 1, "maximum": 5})
    def get_stars(self, consultation: Consultation) -> int | None:
        return consultations.stars_of(consultation)


class StatementLineSerializer(serializers.ModelSerializer[StatementLine]):
    """What one talk is paid, or what a correction changes about it."""

    consultation = serializers.IntegerField(source="consultation_id", read_only=True)
    amount = MoneyFieldSerializer(read_only=True)

    class Meta:
        model = StatementLine
        fields = ("position", "consultation", "tier", "stars", "amount")
        read_only_fields = ("position", "tier", "stars")


class StatementSerializer(serializers.ModelSerializer[Statement]):
    """What you were stated for a month. It never changes; `corrects` names the statement that it puts right."""

    period = serializers.SerializerMethodField(help_text="The month, as in `2026-10`.")
    corrects = serializers.SerializerMethodField()
    total = MoneyFieldSerializer(read_only=True)
    lines = StatementLineSerializer(many=True, read_only=True)
    payout = serializers.SerializerMethodField(help_text="How far its money is; null while no transfer holds it.")

    class Meta:
        model = Statement
        fields = (
            "number", "period", "corrects", "total", "currency", "vat_rate", "reason", "issued_at", "payout", "hash",
            "previous_hash", "lines",
        )  # fmt: skip
        read_only_fields = ("number", "currency", "vat_rate", "reason", "issued_at", "hash", "previous_hash")

    def get_period(self, statement: Statement) -> str:
        return f"{statement.period:%Y-%m}"

    def get_corrects(self, statement: Statement) -> int | None:
        return statement.corrects.number if statement.corrects else None

    @extend_schema_field({"type": "string", "nullable": True})
    def get_payout(self, statement: Statement) -> str | None:
        shares = getattr(statement, "live_shares", [])
        return str(shares[0].item.payout.state) if shares else None
