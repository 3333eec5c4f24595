/** Sentences that are true for forms of units, praise and feedback only; a part of its own. */
export { default as en } from "../texts/open_forms.en.json";
export { default as vi } from "../texts/open_forms.vi.json";
