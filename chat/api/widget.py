"""The widget's own calls: a visitor's session, and where in the shop they are."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from chat import identity
from chat.api.authentication import VisitorToken
from chat.models import Visitor, VisitorSession, Widget
from chat.services import contexts, visitor_sessions, visitors, visits, widgets
from community import limits
from community.api.base import ApiView
from community.api.people import address_of
from community.api.schema import operation
from community.models import Member, Phase
from community.refusals import Refusal


class UnknownWidget(Refusal):
    """No widget has this key, or it is switched off."""

    code = "widget_unknown"
    message = _("No widget has this key, or it was switched off.")
    field = "key"
    status = 403


class ForeignOrigin(Refusal):
    """The page that embeds it is not among those that may."""

    code = "widget_origin_refused"
    message = _("This page may not embed the widget. Its origin is missing in the admin.")
    field = "origin"
    status = 403


class SessionSerializer(serializers.Serializer[Any]):
    """What the widget says when it is opened, or when the shop tells who the visitor is."""

    key = serializers.CharField(max_length=40, help_text="The widget's public key.")
    origin = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="The embedding page's origin."
    )
    language = serializers.ChoiceField(Member.Language.choices, required=False)
    name = serializers.CharField(max_length=visitors.NAME_MOST, required=False, allow_blank=True)
    identity = serializers.CharField(
        max_length=identity.LONGEST_TOKEN,
        required=False,
        help_text="A JSON Web Token that the shop's server signed; good once and for ten minutes at most.",
    )


class VisitorSerializer(serializers.Serializer[Any]):
    """A visitor as they may see themselves."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    language = serializers.CharField()
    identified = serializers.SerializerMethodField(help_text="Whether the shop vouched for them.")

    def get_identified(self, visitor: Visitor) -> bool:
        return visitor.customer_id is not None


class BegunSerializer(serializers.Serializer[Any]):
    """A session. The token is told once, when it begins; it belongs into the header `Authorization: Visitor …`."""

    token = serializers.CharField(allow_null=True, help_text="Null where the session was known already.")
    expires_at = serializers.DateTimeField()
    visitor = VisitorSerializer()


class CartLineSerializer(serializers.Serializer[Any]):
    """An article in the cart."""

    sku = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    quantity = serializers.IntegerField(min_value=1, max_value=9999, required=False, default=1)
    price = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, coerce_to_string=True
    )


class ContextSerializer(serializers.Serializer[Any]):
    """Where the visitor is, in the words of the shop's page."""

    page_url = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    page_title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    product = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    cart = CartLineSerializer(many=True, required=False)
    cart_value = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True, default=None
    )
    cart_currency = serializers.CharField(max_length=3, required=False, allow_blank=True, default="")
    cart_shared = serializers.BooleanField(
        required=False, default=False, help_text="Whether the visitor lets everybody who helps see the cart."
    )

    def validate_cart(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(lines) > contexts.CART_MOST:
            raise serializers.ValidationError([ErrorDetail("Too many lines.", "max_length")])
        return [{**line, **({"price": str(line["price"])} if "price" in line else {})} for line in lines]


class WhereSerializer(ContextSerializer):
    """Where the visitor is, and whether that may be kept to judge routing rules by."""

    phase = serializers.ChoiceField(Phase.choices, required=False, default="before")
    consent = serializers.BooleanField(
        required=False, default=False, help_text="Only where the visitor agreed in the shop: the visit is kept."
    )


class WidgetView(ApiView):
    """For visitors of the shop, whom a token names; no cookie counts."""

    authentication_classes = (VisitorToken,)
    permission_classes = (AllowAny,)


class Session(WidgetView):
    """The session of a visitor's browser."""

    @operation(
        "widget_session_create",
        "Begin or continue a visitor's session",
        {200: BegunSerializer, 201: BegunSerializer},
        request=SessionSerializer,
        refuses=(
            "visitor_unknown",
            limits.TooFast,
            UnknownWidget,
            ForeignOrigin,
            visitors.IdentityRefused,
            visitors.IdentityExpired,
            visitors.IdentityForeign,
            visitors.IdentityReplayed,
        ),
        description="Without a token it begins one (201); with one it keeps what is new (200): name, language, and who "
        "the visitor is in the shop. A refused identity changes nothing. "
        f"At most {limits.WIDGET_SESSIONS.most} in {limits.WIDGET_SESSIONS.seconds // 60} min for each address.",
    )
    def post(self, request: Request) -> Response:
        at = timezone.now()
        limits.spend_as(limits.WIDGET_SESSIONS, person=request.user, address=address_of(request), at=at)
        body = SessionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        widget = _widget(said["key"], said["origin"])
        language = said.get("language", widget.language)
        translation.activate(language)
        session, token = _known(request, widget), None
        if session is None:
            session, token = visitor_sessions.begin(widget=widget, origin=said["origin"], language=language, at=at)
        if "identity" in said:
            session = visitors.identify(session=session, token=said["identity"], at=at)
        if "name" in said or "language" in said:
            visitors.describe(visitor=session.visitor, name=said.get("name"), language=said.get("language"), at=at)
        told = BegunSerializer({"token": token, "expires_at": session.expires_at, "visitor": session.visitor})
        return Response(told.data, status=201 if token else 200)

    @operation(
        "widget_session_delete",
        "End a visitor's session",
        {204: None},
        refuses=("not_authenticated", "visitor_unknown"),
        description="For the shop's log-out: the token is worth nothing from then on.",
    )
    def delete(self, request: Request) -> Response:
        visitor_sessions.end(session=session_of(request), at=timezone.now())
        return Response(status=204)


class Context(WidgetView):
    """Where the visitor is in the shop."""

    @operation(
        "widget_context_update",
        "Say where the visitor is",
        {204: None},
        request=WhereSerializer,
        refuses=("not_authenticated", "visitor_unknown", limits.TooFast),
        description="Replaces what was told before. Whoever helps sees page and product; the cart is the team's, and "
        "everybody's only while `cart_shared` is set. "
        f"At most {limits.WIDGET_CONTEXTS.most} a minute for each visitor.",
    )
    def put(self, request: Request) -> Response:
        session, at = session_of(request), timezone.now()
        limits.spend_for(limits.WIDGET_CONTEXTS, who=f"visitor:{session.visitor_id}", at=at)
        body = WhereSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        where = dict(body.validated_data)
        consent, phase = where.pop("consent"), where.pop("phase")
        told = contexts.Told(**where)
        contexts.tell(visitor=session.visitor, told=told, at=at)
        if consent:
            visits.record(visitor=session.visitor, told=told, phase=phase, at=at)
        return Response(status=204)


def session_of(request: Request) -> VisitorSession:
    """The session of the visitor who asks. Raises ``NotAuthenticated``."""
    if not isinstance(request.auth, VisitorSession):
        raise NotAuthenticated
    return request.auth


def _widget(key: str, origin: str) -> Widget:
    widget = widgets.by_key(key)
    if widget is None:
        raise UnknownWidget
    if origin and origin not in widget.origins:
        raise ForeignOrigin
    return widget


def _known(request: Request, widget: Widget) -> VisitorSession | None:
    """The session that the token names, unless it is of another shop."""
    session = request.auth if isinstance(request.auth, VisitorSession) else None
    return session if session is not None and session.visitor.widget_id == widget.pk else None
