// What the frame must know again on the shop's next page. Browsers keep it apart for each shop, and some keep nothing in
// a frame of another site: then the page around it holds it for as long as the tab is open.
const NAME = "kundenkreis-visitor";

export class Keeping {
  constructor(entrust, kept) {
    this.entrust = entrust;
    this.value = this.stored() ?? kept ?? {};
  }

  stored() {
    try {
      return JSON.parse(localStorage.getItem(NAME));
    } catch {
      return undefined;
    }
  }

  keep(more) {
    this.value = { ...this.value, ...more };
    try {
      localStorage.setItem(NAME, JSON.stringify(this.value));
    } catch {
      this.entrust(this.value);
    }
  }

  clear() {
    this.value = {};
    try {
      localStorage.removeItem(NAME);
      sessionStorage.clear();
    } catch {
      this.entrust({});
    }
  }

  // What is not sent yet survives the way to the next page, where anything does.
  outbox() {
    try {
      return window.sessionStorage;
    } catch {
      return undefined;
    }
  }
}
