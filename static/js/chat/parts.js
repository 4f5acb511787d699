// Pieces of the widget's page, made from its <template data-part> elements, which hold all words.
import { fill } from "./words.js";

const template = (name) => document.querySelector(`template[data-part="${CSS.escape(name)}"]`);

export const make = (name) => template(name).content.firstElementChild.cloneNode(true);

export const words = (name, facts = {}) => fill(template(name)?.content.textContent ?? "", facts);

export const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
