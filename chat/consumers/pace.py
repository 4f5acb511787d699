"""How fast a socket may talk: some frames at once, then slowly, and who goes on all the same is closed. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """More than ``most`` frames in ``seconds`` are slowed; ``patience`` slowed ones in a row are a flood."""

    most: int = 60
    seconds: float = 10.0
    patience: int = 30
    arrivals: deque[float] = field(default_factory=deque)
    slowed: int = 0

    def is_fast(self, now: float) -> bool:
        """Count a frame; say whether it came too soon."""
        while self.arrivals and now - self.arrivals[0] >= self.seconds:
            self.arrivals.popleft()
        self.arrivals.append(now)
        fast = len(self.arrivals) > self.most
        self.slowed = self.slowed + 1 if fast else 0
        return fast

    @property
    def is_flood(self) -> bool:
        """Whether being slowed has not helped."""
        return self.slowed > self.patience
