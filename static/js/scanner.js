// The door of an event: the camera stays on from one guest to the next, and the server reads the tickets it sees.
const PAUSE = 300;
const SIDE = 640;
// A ticket that is still before the camera is the same guest, not a second one.
const GONE = 3000;

class Scanner {
  constructor(form) {
    this.form = form;
    this.video = form.querySelector("video");
    this.button = form.querySelector("[data-scan]");
    this.failed = form.querySelector("[data-scan-failed]");
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = SIDE;
    this.last = { text: "", at: 0 };
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.stream ? this.stop() : this.start()));
  }

  async start() {
    this.button.disabled = true;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 1280 } },
      });
      for (const track of this.stream.getTracks()) track.addEventListener("ended", () => this.stop());
      this.video.srcObject = this.stream;
      this.show(true);
      await this.video.play();
      this.look();
    } catch {
      this.stop();
      this.failed.hidden = false;
    }
    this.button.disabled = false;
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.show(false);
  }

  show(on) {
    this.failed.hidden = true;
    this.video.hidden = !on;
    this.button.setAttribute("aria-pressed", String(on));
  }

  async look() {
    while (this.stream) {
      if (!document.hidden) await this.take(await this.read().catch(() => ""));
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }

  async read() {
    const answer = await fetch(this.form.dataset.scanner, { method: "POST", body: await this.frame(), redirect: "manual" });
    // Whoever was signed out meanwhile signs in and comes back.
    if (answer.type === "opaqueredirect") location.reload();
    return answer.ok ? (await answer.json()).code : "";
  }

  // The middle of the picture, as the page shows it.
  async frame() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const side = Math.min(width, height);
    this.canvas.getContext("2d").drawImage(this.video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    const picture = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", 0.8));
    body.append("frame", picture, "frame.jpg");
    return body;
  }

  async take(text) {
    if (!text) return;
    const known = text === this.last.text && Date.now() - this.last.at < GONE;
    this.last = { text, at: Date.now() };
    if (known) return;
    this.form.elements.code.value = text;
    await new Promise((done) => {
      this.form.addEventListener("htmx:afterRequest", done, { once: true });
      this.form.dispatchEvent(new Event("scanned"));
    });
    this.form.elements.code.value = "";
    this.last.at = Date.now();
  }
}

export function startScanner() {
  const form = document.querySelector("[data-scanner]");
  if (form && navigator.mediaDevices) new Scanner(form);
}
