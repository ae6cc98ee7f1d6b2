// Code and tables that are wider than the page scroll; who uses a keyboard reaches them by Tab then, and only then.
import { onShown } from "./shown";

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement)) continue;
    if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

onShown((root) => {
  // Of more rooms than there is place for, the open one is in sight.
  for (const open of root.querySelectorAll<HTMLElement>(".f-tabs .is-selected")) {
    const tabs = open.closest<HTMLElement>(".f-tabs");
    if (tabs && tabs.scrollWidth > tabs.clientWidth) {
      const [at, all] = [open.getBoundingClientRect(), tabs.getBoundingClientRect()];
      tabs.scrollLeft += at.left + at.width / 2 - all.left - all.width / 2;
    }
  }
  for (const element of root.querySelectorAll<HTMLElement>(".s-prose pre, .s-prose table, .s-table-container")) sizes.observe(element);
});
