// The menu of narrow screens is a details element; a script adds that Escape and a click beside it close it.
const menu = document.querySelector<HTMLDetailsElement>("details.f-menu");

document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});
