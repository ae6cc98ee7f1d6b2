// Similar questions while one is written.
//
//   <input name="Input.Title" data-enhance="similar" data-url="/questions/similar" data-target="#similar" data-with="Input.Body Input.Tags">
//   <div id="similar" aria-live="polite"></div>
//   <button data-without-script formaction="?handler=similar">…</button>     what shows them where no script runs
//
// POST {data-url} with title, body and tags of the same form (its antiforgery token is sent along); the answer, a fragment, becomes the
// target's content. It is asked for once typing pauses, and not again for the same words.
import { asks } from "./post";
import { later } from "./later";
import { marked } from "./shown";

const shortest = 6;

export function suggest(root: ParentNode): void {
  for (const input of marked<HTMLInputElement>(root, "similar")) {
    const { url, target } = input.dataset;
    const form = input.form;
    if (input.dataset.ready || !url || !target || !form) continue;
    input.dataset.ready = "yes";
    for (const button of form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
    const [body = "", tags = ""] = (input.dataset.with ?? "").split(" ");
    const typed = (name: string): string => form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`)?.value.trim() ?? "";
    let asked = "";
    const ask = later(500, async (signal) => {
      const place = document.querySelector(target);
      const words = { title: input.value.trim(), body: typed(body), tags: typed(tags) };
      const all = JSON.stringify(words);
      if (!place || all === asked) return;
      asked = all;
      if (words.title.length < shortest) {
        place.replaceChildren();
        return;
      }
      const token = typed("__RequestVerificationToken");
      const response = await fetch(url, { method: "POST", headers: asks, signal, body: new URLSearchParams({ ...words, __RequestVerificationToken: token }) });
      if (response.ok) place.innerHTML = await response.text();
    });
    form.addEventListener("input", (event) => {
      const name = (event.target as HTMLInputElement | null)?.name;
      if (event.target === input || name === body || name === tags) ask();
    });
    if (input.value) ask();
  }
}
