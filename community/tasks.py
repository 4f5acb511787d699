"""Background work of the community. Tasks carry hints only: what is to be done stands in the database."""

from collections import deque
from collections.abc import Iterator
from time import monotonic

from celery import shared_task
from django.utils import timezone

from community.models import Delivery
from community.queries import news as news_queries
from community.services import (
    api_keys,
    contests,
    deliveries,
    drafts,
    escalations,
    exports,
    idempotency,
    letters,
    mailing,
    news,
    retention,
    trust,
    uploads,
    view_counts,
)

#: Seconds after which a task leaves the rest to the next one: a worker that is asked to end waits for it.
TURN = 3.0


@shared_task(ignore_result=True)
def consume(consumer: str) -> None:
    """Handle the due deliveries of ``consumer`` for one turn; the next task goes on."""
    for _batch in turn():
        if not deliveries.consume(consumer=consumer, at=timezone.now()):
            return
    consume.delay(consumer)


@shared_task(ignore_result=True)
def sweep_deliveries() -> None:
    """Find what no hint brought to work: lost with a broker, a worker or in an unfinished attempt."""
    waiting = Delivery.objects.filter(parked_at=None, leased_until__lte=timezone.now()).order_by("consumer")
    names = deque(waiting.values_list("consumer", flat=True).distinct())
    # One batch of each in turn, so that none waits for another that has much to do.
    for _batch in turn():
        if not names:
            return
        name = names.popleft()
        if deliveries.consume(consumer=name, at=timezone.now()):
            names.append(name)


@shared_task(ignore_result=True)
def publish_news() -> None:
    """Publish the news whose time has come."""
    now = timezone.now()
    for due in news_queries.due(now):
        news.publish(news_id=due, at=now)


@shared_task(ignore_result=True)
def send_mail() -> None:
    """Put what is due into mails and send them, each under its own claim; any number of workers may do this at once."""
    for _batch in turn():
        if not mailing.gather(at=timezone.now()):
            break
    for _mail in turn():
        if not mailing.send_next(at=timezone.now()):
            return
    send_mail.delay()


@shared_task(ignore_result=True)
def forget_idempotency_keys() -> None:
    """Delete keys that nobody may repeat any more."""
    idempotency.forget(at=timezone.now())


@shared_task(ignore_result=True)
def forget_drafts() -> None:
    """Delete drafts that nobody went on with."""
    drafts.forget(at=timezone.now())


@shared_task(ignore_result=True)
def forget_uploads() -> None:
    """Remove pictures that nobody shows."""
    uploads.forget(at=timezone.now())


@shared_task(ignore_result=True)
def forget_signatures() -> None:
    """Delete the shop's signatures that are too old to be sent again."""
    api_keys.forget_signatures(at=timezone.now())


@shared_task(ignore_result=True)
def bring_view_counts() -> None:
    """Bring the views of the last minutes from the cache to the rows."""
    view_counts.bring(at=timezone.now())


@shared_task(ignore_result=True)
def climb_ladder() -> None:
    """Tell of questions that wait too long for an answer."""
    escalations.climb(at=timezone.now())


@shared_task(ignore_result=True)
def close_contests() -> None:
    """Work out the result of contests that are over."""
    now = timezone.now()
    for contest in contests.due(at=now):
        contests.close(contest_id=contest, at=now)


@shared_task(ignore_result=True)
def send_letters() -> None:
    """Send what the law wants written: receipts, statements of reasons, decisions."""
    for _letter in turn():
        if not letters.send_next(at=timezone.now()):
            return


@shared_task(ignore_result=True)
def finish_exports() -> None:
    """Put together the copies of their data that members asked for."""
    exports.finish_all(at=timezone.now())


@shared_task(ignore_result=True)
def keep_retention() -> None:
    """Let go what has stayed for long enough."""
    retention.purge(at=timezone.now())


@shared_task(ignore_result=True)
def judge_trust() -> None:
    """Look once a day at what the members did, and give or take trust."""
    after: int | None = 0
    while after is not None:
        after = trust.judge(at=timezone.now(), after=after)


def turn() -> Iterator[None]:
    """Once at least, and again while the turn of the task lasts."""
    until = monotonic() + TURN
    yield
    while monotonic() < until:
        yield
