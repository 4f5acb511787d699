"""Check the draw of a product test with nothing but Python: python3 check_draw.py draw.json."""

import hmac
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

draw = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
seed = bytes.fromhex(draw["seed"]) or sys.exit("Not drawn yet: the seed is still secret.")
left = Counter(draw["quotas"] or {"": draw["seats"]})
drum = hmac.digest(seed, draw["value"].encode(), "sha256") if "chance" in draw else seed
fixed = {name: draw[name] for name in ("candidates", "quotas", "seats", "chance") if name in draw}
fixed_hash = sha256(json.dumps(fixed, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
tickets = {
    one["number"]: [hmac.digest(drum, f"{one['number']}:{n}".encode(), "sha256") for n in range(one["tickets"])]
    for one in draw["candidates"]
}
segment = {one["number"]: one["segment"] if draw["quotas"] else "" for one in draw["candidates"]}
ranking, chosen = sorted(tickets, key=lambda number: (min(tickets[number]), number)), []
for number in ranking:
    if left[segment[number]] > 0:
        left[segment[number]] -= 1
        chosen.append(number)
chosen = (chosen + [number for number in ranking if number not in chosen])[: draw["seats"]]
found = (sha256(seed).hexdigest(), fixed_hash, ranking, chosen)
if found != (draw["commitment"], draw["list_hash"], draw["ranking"], draw["chosen"]):
    sys.exit("The draw is NOT what the seed and the list say.")
print("The draw is right.")
