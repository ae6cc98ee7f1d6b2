// <a href="/q/1" data-enhance="copy">Share</a>: copies the absolute address and says so. Without scripts it is a link to it.
import { said } from "./post";
import { toast } from "./toast";

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-enhance~="copy"]');
  if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  navigator.clipboard.writeText(link.href).then(
    () => toast(said("copied")),
    () => location.assign(link.href),
  );
});
