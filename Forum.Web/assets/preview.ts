// The server's own rendering of what is being written, shown while typing pauses.
//
//   <textarea data-enhance="editor" data-preview="#body-preview">   inside a posting form (its antiforgery token is sent along)
//   <div id="body-preview" hidden><div class="s-prose" dir="auto"></div></div>
//
// Without data-preview a box is made under the field; data-preview="none" wants none.
// POST /preview with text=…; the answer is HTML, or a sentence that says why there is none.
import { asks, said } from "./post";
import { later } from "./later";
import { shown } from "./shown";

export function preview(textarea: HTMLTextAreaElement): void {
  if (textarea.dataset.preview === "none") return;
  const box = textarea.dataset.preview ? document.querySelector<HTMLElement>(textarea.dataset.preview) : make(textarea);
  const prose = box?.querySelector<HTMLElement>(".s-prose");
  if (!box || !prose) return;
  let asked = "";
  const ask = later(300, async (signal) => {
    const text = textarea.value;
    if (text === asked) return;
    asked = text;
    box.hidden = text.trim() === "";
    if (box.hidden) return;
    const token = textarea.form?.querySelector<HTMLInputElement>('input[name="__RequestVerificationToken"]')?.value ?? "";
    const response = await fetch("/preview", { method: "POST", headers: asks, signal, body: new URLSearchParams({ text, __RequestVerificationToken: token }) });
    const answer = await response.text();
    if (response.ok) {
      prose.innerHTML = answer;
      shown(prose);
    } else {
      prose.textContent = answer;
    }
  });
  textarea.addEventListener("input", ask);
  if (textarea.value) ask();
}

function make(textarea: HTMLTextAreaElement): HTMLElement {
  const box = document.createElement("section");
  box.className = "f-preview";
  box.hidden = true;
  box.setAttribute("aria-label", said("preview"));
  const title = document.createElement("p");
  title.className = "fs-caption fc-light mb8";
  title.textContent = said("preview");
  const prose = document.createElement("div");
  prose.className = "s-prose";
  prose.dir = "auto";
  box.append(title, prose);
  textarea.after(box);
  return box;
}
