// The server's own rendering of what is being written, shown while typing pauses.
//
//   <textarea data-enhance="editor" data-preview="#body-preview">   inside a posting form (its antiforgery token is sent along)
//   <div id="body-preview" hidden><div class="s-prose" dir="auto"></div></div>
//
// POST /preview with text=…; the answer is HTML, or a sentence that says why there is none.
import { asks } from "./post";
import { later } from "./later";
import { shown } from "./shown";

export function preview(textarea: HTMLTextAreaElement): void {
  const box = textarea.dataset.preview ? document.querySelector<HTMLElement>(textarea.dataset.preview) : null;
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
