// New markup tells the other modules that it is there, in whichever script they live.
const event = "forum:shown";

/** Says that `root` was put into the page. */
export function shown(root: Element): void {
  document.dispatchEvent(new CustomEvent<Element>(event, { detail: root }));
}

/** Calls `enhance` for the page now and for whatever is put into it later. */
export function onShown(enhance: (root: ParentNode) => void): void {
  enhance(document);
  document.addEventListener(event, (shown) => enhance((shown as CustomEvent<Element>).detail));
}

/** Elements marked data-enhance="…name…" in `root`, and `root` itself. */
export function marked<T extends HTMLElement>(root: ParentNode, name: string): T[] {
  const selector = `[data-enhance~="${name}"]`;
  const found = [...root.querySelectorAll<T>(selector)];
  if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root as T);
  return found;
}
