// One sound and one notification for all tabs of a browser, whichever of them hears it first.
const CLAIMED_FOR = 10_000;
const SETTLE = 150;

function sound(context) {
  const [tone, volume, now] = [context.createOscillator(), context.createGain(), context.currentTime];
  tone.frequency.setValueAtTime(660, now);
  tone.frequency.setValueAtTime(880, now + 0.09);
  volume.gain.setValueAtTime(0.08, now);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.3);
  tone.connect(volume).connect(context.destination);
  tone.start(now);
  tone.stop(now + 0.3);
}

export function startAlerts(log, { open, me }) {
  const tabs = new BroadcastChannel("chat");
  const claimed = new Map();
  const own = Math.random();
  let context;
  let pressed = false;
  const button = document.querySelector("[data-chat-notify]");
  const muted = (conversation) => Boolean(document.querySelector(`[data-conversation="${conversation}"][data-muted]`));
  const lookedAt = (conversation) => conversation === open && !document.hidden && document.hasFocus();

  // The lowest number wins; a tab in which somebody reads the conversation wins over all, and stays quiet.
  const claim = (key, number) => {
    if (number <= (claimed.get(key) ?? Infinity)) claimed.set(key, number);
    setTimeout(() => claimed.delete(key), CLAIMED_FOR);
  };
  tabs.addEventListener("message", ({ data }) => {
    if (data.claim) claim(data.claim, data.number);
  });
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, () => { pressed = true; }, { once: true, passive: true });

  function ring(frame) {
    if (pressed) {
      context ??= new AudioContext();
      sound(context);
    }
    if (!document.hidden || Notification.permission !== "granted") return;
    const words = button?.dataset.words ?? "";
    const told = new Notification(words.replace("%(name)s", frame.author.name || document.title), { tag: `chat-${frame.conversation}` });
    told.addEventListener("click", () => {
      focus();
      location.assign(`/messages/${Number(frame.conversation)}/`);
    });
  }

  log.addEventListener("message", ({ detail: frame }) => {
    const old = Date.now() - new Date(frame.at) > 60_000;
    const mine = me ? `${frame.author.kind}:${frame.author.id}` === me : frame.author.id === Number(document.body.dataset.member);
    if (mine || old || frame.kind === "system" || muted(frame.conversation)) return;
    const key = `${frame.conversation}:${frame.seq}`;
    const quiet = lookedAt(frame.conversation);
    const number = quiet ? -1 : own;
    claim(key, number);
    tabs.postMessage({ claim: key, number });
    if (!quiet) setTimeout(() => { if (claimed.get(key) === own) ring(frame); }, SETTLE);
  });

  if (!button || !("Notification" in window) || Notification.permission !== "default") return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await Notification.requestPermission();
    button.hidden = true;
  });
}
