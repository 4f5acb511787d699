"""Every address that changes something, with a request that does: what the walk of the sanctioned goes along.

A new address belongs here with a body that works, and with a reason for each sanction that leaves it open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: In the place of a file: a picture made anew for each request.
PICTURE = "(picture)"
#: In the place of a form: the settings of notifications as they stand.
CHANNELS = "(channels)"

QUESTION = {"title": "Does the kettle whistle?", "body": "Mine does not.", "phase": "before"}
IDEA = {"title": "A lid for the knock box", "body": "Please."}
REVIEW = {"stars": "2", "title": "Great shots, narrow tank", "body": "Steady from the second shot on."}
PROFILE = {"display_name": "Priya N.", "handle": "priya-n", "language": "de", "timezone": "Europe/Paris"}
GROUP = {"title": "Sunday brewers", "people": ["{friend_pk}", "{other_friend_pk}"]}
FOUND = {"stars": "4", "title": "Quiet at six", "body": "Nobody woke up.", "publish": "on"}
APPLICATION = {"q{why}": "I like to explain.", "version": "0"}
SAID = {"client_id": "5d2b8c1e-6f0a-4b7d-9c3e-1a2b3c4d5e6f", "body": "A little coarser."}
ACCOUNT = {
    "name": "Mara Voss", "street": "Ahornweg 3", "postcode": "28195", "city": "Bremen", "country": "DE",
    "tax_number": "60/123/45678", "iban": "DE89370400440532013000",
}  # fmt: skip
NOTICE = {
    "url": "https://elsewhere.example/", "kind": "defamation", "explanation": "A lie.", "name": "Nora Beck",
    "email": "nora@example.com", "in_good_faith": "on",
}  # fmt: skip

OPINION = "an opinion about what others wrote is no post"
OWN = "it concerns the member alone, and nobody else sees it"
LAW = "the law gives it to everybody, whatever was decided about them"
HIDING = "who was told off may all the more want not to be compared"
SEAT = "a seat is no post"
BACK = "a seat that somebody cannot use is somebody else's"
SECOND_THOUGHT = "who takes back what they said or agreed to says less, not more"
FAREWELL = "nobody is kept in a place that they want to leave, for a time or for good"
MONEY = "it is about money that was earned, whatever was decided since"
HARMLESS = "it changes nothing"
SHOP = "the shop's server asks by its key, no member"
VISITOR = "a visitor of the shop asks by their token, no member"
LINK = "the signed address is the proof; who holds it may be no member"
THERE = "it says only that somebody is there, and nobody is led to who is under a sanction"
#: A silenced member may still help to keep the place clean.
REPORT = "who may not post may still report"


@dataclass(frozen=True, slots=True)
class Address:
    """A request of ``by`` that changes something; ``silenced`` and ``suspended`` say why it is open nevertheless."""

    method: str
    path: str
    body: Any = None
    silenced: str = ""
    suspended: str = ""
    by: str = "team"


def open_to_all(method: str, path: str, body: Any = None, *, why: str, by: str = "team") -> Address:
    """Return an address that no sanction closes."""
    return Address(method, path, body, why, why, by)


PAGES = (
    Address("post", "/threads/new/", QUESTION),
    Address("post", "/threads/{thread}/edit/", QUESTION),
    Address("post", "/threads/{thread}/delete/", {}),
    Address("post", "/threads/{deleted_thread}/restore/", {}),
    Address("post", "/threads/{thread}/merge/", {"into": "{other_thread}", "confirmed": "1"}),
    Address("post", "/threads/{other_thread}/answers/", {"body": "Yes."}),
    Address("post", "/threads/{other_thread}/comments/", {"body": "Yes."}),
    Address("post", "/threads/{other_thread}/follow/", {"level": "mine"}, OPINION),
    Address("post", "/threads/{other_thread}/me-too/", {"value": "1"}, OPINION),
    Address("post", "/topics/water/follow/", {"level": "all"}, OPINION),
    Address("post", "/products/aurora/follow/", {"level": "all"}, OPINION),
    Address("post", "/follows/brand/", {"level": "all"}, OPINION),
    Address("post", "/threads/{other_thread}/answers/{answer}/edit/", {"body": "No."}),
    Address("post", "/threads/{other_thread}/answers/{answer}/delete/", {}),
    Address("post", "/threads/{other_thread}/answers/{deleted_answer}/restore/", {}),
    Address("post", "/threads/{thread}/answers/{reply}/accept/", {}, OPINION),
    Address("post", "/threads/{solved}/answers/{accepted}/unaccept/", {}, OPINION),
    Address("post", "/threads/{thread}/answers/{reply}/official/", {}, OPINION),
    Address("post", "/threads/{solved}/answers/{official}/unofficial/", {}, OPINION),
    Address("post", "/threads/{thread}/answers/{reply}/vote/", {"value": "1"}, OPINION),
    Address("post", "/comments/{comment}/delete/", {}),
    Address("post", "/comments/{deleted_comment}/restore/", {}),
    Address("post", "/ideas/new/", IDEA),
    Address("post", "/ideas/contests/{jury}/jury/", {"idea-{entry}": "7"}),
    Address("post", "/ideas/comments/{idea_comment}/delete/", {}),
    Address("post", "/ideas/comments/{deleted_idea_comment}/restore/", {}),
    Address("post", "/ideas/{idea}/edit/", {**IDEA, "body": "A wooden one."}),
    Address("post", "/ideas/{idea}/delete/", {}),
    Address("post", "/ideas/{deleted_idea}/restore/", {}),
    Address("post", "/ideas/{other_idea}/vote/", {"value": "1"}, OPINION),
    Address("post", "/ideas/{other_idea}/merge/", {"into": "{idea}"}),
    Address("post", "/ideas/{other_idea}/comments/", {"body": "Yes."}),
    Address("post", "/preview/", {"body": "x"}, HARMLESS),
    Address("post", "/rewards/{reward}/redeem/", {"price": "1"}, OWN),
    Address("post", "/drafts/answer/{thread}/", {"body": "Half a thought"}, OWN),
    Address("post", "/drafts/answer/{other_thread}/discard/", {"draft": "1"}, OWN),
    Address("post", "/uploads/", {"file": PICTURE}),
    Address("post", "/revisions/{revision}/restore/", {}),
    open_to_all("post", "/members/{other}/block/", {}, why=OWN),
    open_to_all("post", "/members/{blocked}/unblock/", {}, why=OWN),
    Address("post", "/settings/", PROFILE),
    open_to_all("post", "/leaderboard/shown/", {}, why=HIDING),
    open_to_all("post", "/settings/notifications/", CHANNELS, why=OWN),
    open_to_all("post", "/unsubscribe/{token}/", {}, why=LAW),
    open_to_all("post", "/settings/data/export/", {}, why=LAW),
    open_to_all("post", "/settings/data/exports/{export}/", {}, why=LAW),
    open_to_all("post", "/settings/decisions/{sanction}/", {"text": "They were none."}, why=LAW),
    Address("post", "/flags/answer/{reply}/", {"reason": "spam"}, REPORT),
    open_to_all("post", "/notices/new/", NOTICE, why=LAW),
    Address("post", "/moderation/bulk/", {"outcome": "kept", "case": "{case}"}),
    Address("post", "/moderation/remove/answer/{reply}/", {"reason": "spam"}),
    Address("post", "/moderation/{case}/claim/", {}),
    Address("post", "/moderation/{case}/decide/", {"outcome": "removed"}),
    Address("post", "/moderation/{decided_case}/reopen/", {}),
    open_to_all("post", "/notifications/", {}, why=OWN),
    Address("post", "/products/kettle/reviews/new/", REVIEW),
    Address("post", "/products/kettle/reviews/hints/", REVIEW),
    Address("post", "/reviews/{review}/edit/", REVIEW),
    Address("post", "/reviews/{review}/delete/", {}),
    Address("post", "/reviews/{deleted_review}/restore/", {}),
    Address("post", "/reviews/{other_review}/helpful/", {"value": "1"}, OPINION),
    Address("post", "/reviews/{other_review}/reply/", {"body": "Thank you."}),
    Address("post", "/reviews/{replied_review}/reply/withdraw/", {}),
    open_to_all("post", "/badges/{badge}/bronze/open-badge/", {}, why=OWN),
    open_to_all("post", "/points/holds/{hold}/", {"text": "They were my students."}, why=LAW),
    Address("post", "/messages/new/", {"to": "{stranger}"}),
    Address("post", "/messages/groups/new/", GROUP),
    Address("post", "/messages/{talk}/", SAID),
    Address("post", "/messages/{talk}/files/", {**SAID, "file": PICTURE}),
    open_to_all("post", "/messages/{request}/accept/", {}, why=OWN),
    open_to_all("post", "/messages/{request}/decline/", {}, why=OWN),
    open_to_all("post", "/messages/{talk}/mute/", {"muted": "1"}, why=OWN),
    open_to_all("post", "/messages/{group}/leave/", {}, why=OWN),
    open_to_all("post", "/messages/{talk}/block/", {}, why=OWN),
    Address("post", "/messages/{group}/group/", {**GROUP, "title": "Monday brewers"}),
    Address("post", "/messages/{talk}/transcript/", {}, OWN),
    Address("post", "/messages/{talk}/report/1/", {"reason": "spam"}, REPORT),
    open_to_all("post", "/messages/{talk}/delete/2/", {}, why=SECOND_THOUGHT),
    open_to_all("post", "/desk/here/", {}, why=THERE),
    Address("post", "/desk/switch/", {}),
    Address("post", "/desk/times/", {"capacity": "3", "languages": "de"}),
    Address("post", "/desk/offers/{offer}/accept/", {}),
    Address("post", "/desk/offers/{offer}/decline/", {}),
    Address("post", "/desk/{waiting}/take/", {}),
    Address("post", "/desk/{helped}/say/", SAID),
    Address("post", "/desk/{helped}/show/", {**SAID, "product": "aurora"}),
    Address("post", "/desk/{helped}/handover/", {"to": "agents", "summary": "Torn."}),
    Address("post", "/desk/{helped}/note/", {"text": "Small kitchen."}),
    Address("post", "/desk/{helped}/close/", {}),
    Address("post", "/desk/{over}/publish/", {"title": "Which grind for a moka pot?", "question": "Q", "answer": "A"}),
    Address("post", "/events/{coming}/register/", {}, SEAT),
    open_to_all("post", "/events/{held}/cancel/", {}, why=BACK),
    Address("post", "/events/calendar/renew/", {}, OWN),
    open_to_all("post", "/events/calendar/close/", {}, why=OWN),
    Address("post", "/events/{today}/check-in/", {"code": "{ticket_code}"}),
    Address("post", "/events/{today}/check-in/{ticket}/", {}),
    Address("post", "/events/{today}/check-in/read/", {"frame": PICTURE}),
    Address("post", "/product-tests/{to_pack}/mine/address/", {"address": "Priya\nDeich 3\n28195 Bremen"}, OWN),
    Address("post", "/product-tests/{on_its_way}/mine/arrived/", {}, OWN),
    Address("post", "/product-tests/{at_home}/report/", {**FOUND, "deed": "submit", "version": "0"}),
    Address("post", "/product-tests/{at_home}/report/draft/", {"title": "Quiet", "version": "0"}, OWN),
    Address("post", "/product-tests/{free_test}/apply/", {"pledge": "on"}, by="customer"),
    Address("post", "/product-tests/{invited_test}/accept/", {}, by="customer"),
    open_to_all("post", "/product-tests/{invited_test}/decline/", {}, why=BACK, by="customer"),
    open_to_all("post", "/product-tests/{applied_test}/withdraw/", {}, why=BACK, by="customer"),
    Address("post", "/ambassadors/{campaign}/apply/", APPLICATION, by="customer"),
    Address("post", "/ambassadors/{campaign}/apply/draft/", APPLICATION, OWN, by="customer"),
    Address("post", "/ambassadors/applications/{offered}/accept/", {}, by="customer"),
    open_to_all("post", "/ambassadors/applications/{sent}/withdraw/", {}, why=SECOND_THOUGHT, by="customer"),
    Address("post", "/ambassadors/nominations/", {"topic": "{known_topic}", "handle": "{other}"}, by="customer"),
    Address("post", "/ambassadors/training/{lesson}/", {"q{question}": "{choice}"}, OWN, by="ambassador"),
    Address("post", "/ambassadors/me/agreement/{unsigned}/sign/", {"agree": "on"}, by="ambassador"),
    open_to_all("post", "/ambassadors/me/agreement/{signed}/withdraw/", {}, why=SECOND_THOUGHT, by="ambassador"),
    open_to_all("post", "/ambassadors/me/pause/", {"reason": "Exams."}, why=FAREWELL, by="ambassador"),
    Address("post", "/ambassadors/me/resume/", {}, by="resting"),
    open_to_all("post", "/ambassadors/me/leave/", {"reason": "I move."}, why=FAREWELL, by="ambassador"),
    Address("post", "/ambassadors/me/profile/", {"languages": ["de", "en"]}, by="ambassador"),
    open_to_all("post", "/ambassadors/me/consultations/{paid}/dispute/", {"reason": "No."}, why=MONEY, by="ambassador"),
    open_to_all("post", "/ambassadors/me/account/", ACCOUNT, why=MONEY, by="ambassador"),
    open_to_all("post", "/ambassadors/me/account/delete/", {}, why=MONEY, by="ambassador"),
    open_to_all("post", "/settings/data/erase/", {"handle": "{handle}"}, why=LAW),
)

API = (
    Address("patch", "members/me/", {"bio": "Roasts at home."}),
    open_to_all("put", "members/me/quiet/", why=HIDING),
    open_to_all("delete", "members/me/quiet/", why=HIDING),
    Address("post", "rewards/{reward}/redeem/", {}, OWN),
    Address("post", "product-tests/{at_home_pk}/report/", {**FOUND, "publish": True}),
    Address("post", "product-tests/{free_test_pk}/apply/", {"pledge": True}, by="customer"),
    Address("post", "invitations/{invitation}/accept/", {}, by="customer"),
    open_to_all("post", "invitations/{invitation}/decline/", {}, why=BACK, by="customer"),
    Address("post", "campaigns/{campaign}/applications/", {"answers": {"{why}": "I like to."}}, by="customer"),
    open_to_all("post", "applications/{sent}/withdraw/", {}, why=SECOND_THOUGHT, by="customer"),
    Address("put", "events/{coming_pk}/registration/", silenced=SEAT),
    open_to_all("delete", "events/{held_pk}/registration/", why=BACK),
    open_to_all("post", "members/me/export/", why=LAW),
    open_to_all("put", "members/{other}/block/", why=OWN),
    open_to_all("delete", "members/{blocked}/block/", why=OWN),
    Address("post", "flags/", {"kind": "answer", "id": "{reply}", "reason": "spam"}, REPORT),
    open_to_all("post", "notices/", {**NOTICE, "in_good_faith": True}, why=LAW),
    Address("post", "products/kettle/reviews/", REVIEW),
    Address("patch", "reviews/{review}/", {"stars": 1}),
    Address("delete", "reviews/{review}/"),
    Address("post", "reviews/{review}/photos/", {"file": PICTURE}),
    Address("delete", "reviews/{review}/photos/{photo}/"),
    Address("put", "reviews/{other_review}/helpful/", silenced=OPINION),
    Address("delete", "reviews/{replied_review}/helpful/", silenced=OPINION),
    Address("post", "threads/", QUESTION),
    Address("patch", "threads/{thread}/", QUESTION),
    Address("delete", "threads/{thread}/"),
    Address("post", "threads/{thread}/merge/", {"into": "{other_thread}"}),
    Address("put", "follows/brand/", silenced=OPINION),
    Address("delete", "follows/brand/", silenced=OPINION),
    Address("put", "topics/water/follow/", silenced=OPINION),
    Address("delete", "topics/beans/follow/", silenced=OPINION),
    Address("put", "products/aurora/follow/", silenced=OPINION),
    Address("delete", "products/kettle/follow/", silenced=OPINION),
    Address("put", "threads/{other_thread}/follow/", {"level": "mine"}, silenced=OPINION),
    Address("delete", "threads/{thread}/follow/", silenced=OPINION),
    Address("put", "threads/{other_thread}/me-too/", silenced=OPINION),
    Address("delete", "threads/{same_thread}/me-too/", silenced=OPINION),
    Address("put", "answers/{reply}/official/", silenced=OPINION),
    Address("delete", "answers/{official}/official/", silenced=OPINION),
    Address("post", "threads/{other_thread}/answers/", {"body": "Yes."}),
    Address("post", "threads/{other_thread}/comments/", {"body": "Yes."}),
    Address("patch", "answers/{answer}/", {"body": "No."}),
    Address("delete", "answers/{answer}/"),
    Address("put", "answers/{reply}/vote/", {"value": 1}, silenced=OPINION),
    Address("delete", "answers/{official}/vote/", silenced=OPINION),
    Address("put", "answers/{reply}/accept/", silenced=OPINION),
    Address("delete", "answers/{accepted}/accept/", silenced=OPINION),
    Address("post", "answers/{reply}/comments/", {"body": "Yes."}),
    Address("delete", "comments/{comment}/"),
    Address("post", "ideas/", IDEA),
    Address("patch", "ideas/{idea}/", {"title": "A wooden lid for the knock box"}),
    Address("put", "ideas/{other_idea}/vote/", silenced=OPINION),
    Address("delete", "ideas/{voted_idea}/vote/", silenced=OPINION),
    open_to_all("post", "notifications/read/", {}, why=OWN),
    Address("post", "conversations/", {"to": "{stranger}"}),
    Address("post", "conversations/{talk}/messages/", SAID),
    Address("post", "conversations/{talk}/files/", {**SAID, "file": PICTURE}),
    Address("post", "conversations/{talk}/typing/", {}),
    open_to_all("post", "conversations/{talk}/read/", {"seq": 1}, why=OWN),
    Address("post", "conversations/{asked}/person/", {}),
    Address("post", "conversations/{asked}/leave/", {}),
    Address("post", "conversations/{asked}/helped/", {"helped": True}),
    Address("post", "conversations/{advised}/rating/", {"stars": 5}),
    Address("post", "conversations/{helped}/handover/", {"to": "agents"}),
    Address("post", "conversations/{helped}/close/", {}),
    Address("put", "availability/", {"available": False}),
    Address("post", "offers/{offer}/accept/", {}),
    Address("post", "offers/{offer}/decline/", {}),
    open_to_all("delete", "members/me/", why=LAW),
)
#: Asked by the shop's server with its key, by a visitor with their token, or by whoever holds a signed address.
BY_KEY = {
    ("post", "api/v1/shop/messages/"): SHOP,
    ("post", "api/v1/widget/session/"): VISITOR,
    ("delete", "api/v1/widget/session/"): VISITOR,
    ("put", "api/v1/widget/context/"): VISITOR,
    ("post", "messages/back/<str:token>/"): LINK,
    ("post", "talks/rate/<str:token>/"): LINK,
    ("post", "talks/publish/<str:token>/"): LINK,
    ("put", "api/v1/shop/products/<path:sku>/"): SHOP,
    ("put", "api/v1/shop/customers/<path:ref>/"): SHOP,
    ("post", "api/v1/shop/orders/"): SHOP,
    **{("post", f"api/v1/shop/coupons/{verb}/"): SHOP for verb in ("check", "reserve", "redeem", "release", "refund")},
}
#: What stores nothing, whoever asks.
STORES_NOTHING = {
    "/preview/",
    "/products/kettle/reviews/hints/",
    "/api/v1/conversations/{talk}/typing/",
    "/events/{today}/check-in/read/",
}
