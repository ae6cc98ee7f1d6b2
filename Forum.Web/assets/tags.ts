// Completion of tags while they are typed, the one the caret is in.
//
//   <input name="Input.Tags" data-enhance="tags" data-url="/tags/complete">
//
// GET {data-url}?q=pyth (header X-Requested-With: fetch) answers a fragment: <li role="option" data-value="python">…</li> each.
import { asks } from "./post";
import { Listbox } from "./listbox";
import { later } from "./later";
import { marked } from "./shown";

export function completeTags(root: ParentNode): void {
  for (const input of marked<HTMLInputElement>(root, "tags")) {
    if (input.dataset.ready || !input.dataset.url) continue;
    input.dataset.ready = "yes";
    complete(input, input.dataset.url);
  }
}

function complete(input: HTMLInputElement, url: string): void {
  const list = new Listbox(input, (tag) => {
    const { start, end } = word(input);
    input.setRangeText(`${tag} `, start, end, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const ask = later(150, async (signal) => {
    const { text } = word(input);
    if (text.length < 1) {
      list.close();
      return;
    }
    const response = await fetch(`${url}?q=${encodeURIComponent(text)}`, { headers: asks, signal });
    if (response.ok && document.activeElement === input) list.show(await response.text());
  });
  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") ask.stop();
  });
}

function word(input: HTMLInputElement): { text: string; start: number; end: number } {
  const caret = input.selectionStart ?? input.value.length;
  let start = caret;
  while (start > 0 && !/[\s,;]/.test(input.value[start - 1]!)) start--;
  let end = caret;
  while (end < input.value.length && !/[\s,;]/.test(input.value[end]!)) end++;
  return { text: input.value.slice(start, caret), start, end: input.value[end] === " " ? end + 1 : end };
}
