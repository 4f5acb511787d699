"""The shared cache of a grown installation: where Redis does not answer, pages are slower, not broken."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

T = TypeVar("T")

logger = logging.getLogger("kundenkreis.cache")


class ForgivingRedisCache(RedisCache):
    """Finds nothing, keeps nothing and counts from the beginning while Redis is away; rate limits rest meanwhile."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(default, lambda: super(ForgivingRedisCache, self).get(key, default, version))

    def set(self, *args: Any, **kwargs: Any) -> None:
        _or(None, lambda: super(ForgivingRedisCache, self).set(*args, **kwargs))

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return _or(True, lambda: super(ForgivingRedisCache, self).add(*args, **kwargs))  # noqa: FBT003 - as if it was new

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, lambda: super(ForgivingRedisCache, self).delete(*args, **kwargs))  # noqa: FBT003 - it was not there

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return _or(delta, lambda: super(ForgivingRedisCache, self).incr(key, delta, version))


def _or(otherwise: T, ask: Callable[[], T]) -> T:
    try:
        return ask()
    except RedisError:
        logger.warning("cache does not answer", exc_info=True)
        return otherwise
