// What a tag is, shown where somebody points at it or comes to it by keyboard: <a class="s-tag" rel="tag" href="/questions/tagged/…">.
// The card stands right behind the link, so that Tab leads into it; Escape or going elsewhere closes it. Without this the tag is a link.
import { asks } from "./post";
import { shown } from "./shown";

const wait = 350;
let card: HTMLElement | null = null;
let from: HTMLAnchorElement | null = null;
let dismissed: HTMLAnchorElement | null = null;
let timer = 0;

const tagOf = (target: EventTarget | null): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>('a.s-tag[rel="tag"]') : null;

const isInside = (target: EventTarget | null): boolean =>
  target instanceof Node && (card?.contains(target) === true || from?.contains(target) === true);

document.addEventListener("mouseover", (event) => {
  const link = tagOf(event.target);
  if (link && link !== from) later(() => void open(link));
  else if (isInside(event.target)) window.clearTimeout(timer);
  else if (card) later(close);
});
document.addEventListener("focusin", (event) => {
  const link = tagOf(event.target);
  // Escape leads back to the tag whose card it closed: that is no wish to see it again.
  const again = link !== null && link === dismissed;
  dismissed = again ? dismissed : null;
  if (again) return;
  if (link && link !== from && link.matches(":focus-visible")) later(() => void open(link));
  else if (card && !isInside(event.target)) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !card) return;
  const back = card.contains(document.activeElement) ? from : null;
  dismissed = from;
  close();
  back?.focus();
});
// Who goes to the tag's questions or presses elsewhere wants no card any more.
document.addEventListener("pointerdown", (event) => {
  window.clearTimeout(timer);
  if (card && !isInside(event.target)) close();
});

function later(act: () => void): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(act, wait);
}

async function open(link: HTMLAnchorElement): Promise<void> {
  try {
    const name = link.pathname.slice(link.pathname.lastIndexOf("/") + 1);
    const response = await fetch(`/tags/${name}/card`, { headers: asks });
    const text = await response.text();
    if (!response.ok || response.redirected || !link.isConnected) return;
    if (!link.matches(":hover") && document.activeElement !== link) return;
    close();
    show(link, text);
  } catch {
    // Somebody who is offline has the link.
  }
}

function show(link: HTMLAnchorElement, text: string): void {
  from = link;
  card = document.createElement("div");
  card.className = "s-popover is-visible f-hover-card";
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", link.textContent ?? "");
  card.innerHTML = text;
  const holder = link.parentElement!;
  holder.classList.add("f-relative");
  link.after(card);
  // Not beyond the edge of the page.
  const room = document.documentElement.clientWidth - 8;
  const over = card.getBoundingClientRect().right - room;
  if (over > 0) card.style.insetInlineStart = `${-Math.min(over, holder.getBoundingClientRect().left - 8)}px`;
  shown(card);
}

function close(): void {
  window.clearTimeout(timer);
  card?.remove();
  card = from = null;
}
