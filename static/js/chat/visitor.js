// Who is here: a session with a token, and what the shop's server vouches for. The token is in no address.
import { Refused } from "./rest.js";

const VOUCHED_FOR = 20 * 60_000;
const ANSWERED_WITHIN = 5_000;

export class Visitor {
  constructor({ key, keeping, shop, identifies }) {
    Object.assign(this, { key, keeping, shop, identifies });
  }

  get token() {
    return this.keeping.value.token ?? "";
  }

  get id() {
    return this.keeping.value.id;
  }

  async begin() {
    const known = this.token;
    try {
      await this.post({});
    } catch (error) {
      if (!known || error.status !== 401) throw error;
      this.forget();
      await this.post({});
    }
    if (this.identifies && Date.now() - (this.keeping.value.vouched ?? 0) > VOUCHED_FOR) await this.identify();
  }

  // An identity that is refused is the shop's mistake, never a reason to keep somebody from asking.
  async identify() {
    this.identifies = true;
    const identity = await this.asked();
    if (!identity) return;
    const before = this.id;
    try {
      await this.post({ identity });
      this.keeping.keep({ vouched: Date.now() });
    } catch (error) {
      this.shop.event("error", { code: error.code ?? "unreachable", detail: error.message });
    }
    if (before !== undefined && before !== this.id) location.reload();
  }

  asked() {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ANSWERED_WITHIN, "");
      const answer = ({ detail }) => { clearTimeout(timer); resolve(detail.token); };
      this.shop.addEventListener("identity", answer, { once: true });
      this.shop.say("identify");
    });
  }

  called(name) {
    return this.post({ name });
  }

  async post(more) {
    const body = { key: this.key, origin: this.shop.origin ?? "", language: document.documentElement.lang, ...more };
    const { token, visitor } = await this.call("POST", body);
    this.keeping.keep({ ...(token ? { token } : {}), id: visitor.id, name: visitor.name });
  }

  async end() {
    if (this.token) await this.call("DELETE").catch(() => {});
    this.forget();
  }

  forget() {
    this.keeping.clear();
  }

  async call(method, body) {
    const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
    if (body) headers["Content-Type"] = "application/json";
    if (this.token) headers.Authorization = `Visitor ${this.token}`;
    const answer = await fetch("/api/v1/widget/session/", {
      method, headers, credentials: "omit", keepalive: true, body: body && JSON.stringify(body),
    });
    const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, told);
    return told;
  }
}
