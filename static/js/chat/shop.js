// The shop's page around the frame: spoken to over a channel that only the two know, opened by a page that may embed us.
export class Shop extends EventTarget {
  constructor(origins) {
    super();
    addEventListener("message", (event) => {
      const { data } = event;
      if (event.source !== window.parent || !origins.includes(event.origin) || data?.type !== "kundenkreis") return;
      this.port?.close();
      [this.port] = event.ports;
      this.origin = event.origin;
      this.port.onmessage = (message) => this.tell(message.data.type, message.data);
      this.tell("hello", data);
    });
  }

  say(type, more = {}) {
    this.port?.postMessage({ type, ...more });
  }

  // What the shop's own script may listen to.
  event(name, detail) {
    this.say("event", { name, detail });
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
