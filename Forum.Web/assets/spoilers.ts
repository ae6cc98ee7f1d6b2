// Spoilers (blockquote.spoiler in posts) are uncovered by a click or by Enter. Without scripts hovering or focusing uncovers them.
import { onShown } from "./shown";
import { said } from "./post";

onShown((root) => {
  for (const spoiler of root.querySelectorAll<HTMLElement>("blockquote.spoiler:not([data-spoiler])")) {
    spoiler.dataset.spoiler = said("spoiler");
    spoiler.setAttribute("role", "button");
    spoiler.setAttribute("aria-label", said("spoiler"));
  }
});

function reveal(target: EventTarget | null): boolean {
  const spoiler = target instanceof Element ? target.closest<HTMLElement>("blockquote.spoiler:not(.is-visible)") : null;
  if (!spoiler) return false;
  spoiler.classList.add("is-visible");
  spoiler.removeAttribute("role");
  spoiler.removeAttribute("aria-label");
  return true;
}

document.addEventListener("click", (event) => {
  if (reveal(event.target)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && reveal(event.target)) event.preventDefault();
});
