// A sentence at the foot of the page, read out by screen readers, gone by itself after the time it takes to read it.
export function toast(sentence: string, kind: "done" | "error" = "done"): void {
  const place = document.getElementById("toasts");
  if (!place || !sentence) return;
  const box = document.createElement("div");
  box.className = kind === "error" ? "f-toast f-toast__error" : "f-toast";
  if (kind === "error") box.setAttribute("role", "alert");
  for (const line of sentence.split("\n")) {
    const paragraph = document.createElement("p");
    paragraph.className = "mb0";
    paragraph.textContent = line;
    box.append(paragraph);
  }
  place.replaceChildren(box);
  let timer = window.setTimeout(() => box.remove(), 4000 + 80 * sentence.length);
  box.addEventListener("pointerenter", () => window.clearTimeout(timer));
  box.addEventListener("pointerleave", () => (timer = window.setTimeout(() => box.remove(), 3000)));
  box.addEventListener("click", () => box.remove());
}
