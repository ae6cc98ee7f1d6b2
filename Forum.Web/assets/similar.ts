// Similar questions while a title is typed.
//
//   <input name="Input.Title" data-enhance="similar" data-url="/questions/similar" data-target="#similar">
//   <div id="similar" aria-live="polite"></div>
//
// GET {data-url}?title=… (header X-Requested-With: fetch) answers a fragment, which becomes the target's content.
import { asks } from "./post";
import { later } from "./later";
import { marked } from "./shown";

export function suggest(root: ParentNode): void {
  for (const input of marked<HTMLInputElement>(root, "similar")) {
    const { url, target } = input.dataset;
    if (input.dataset.ready || !url || !target) continue;
    input.dataset.ready = "yes";
    let asked = "";
    const ask = later(400, async (signal) => {
      const title = input.value.trim();
      const place = document.querySelector(target);
      if (!place || title === asked) return;
      asked = title;
      if (title.length < 6) {
        place.replaceChildren();
        return;
      }
      const response = await fetch(`${url}?title=${encodeURIComponent(title)}`, { headers: asks, signal });
      if (response.ok) place.innerHTML = await response.text();
    });
    input.addEventListener("input", ask);
    if (input.value) ask();
  }
}
