// Posts a form or follows a link without leaving the page, and puts the fragment that comes back in its place.
//
//   <form method="post" action="…" data-enhance="swap">    votes, comments, saving, following, accepting, deleting …
//   <a href="…" data-enhance="swap">                       "show all comments"
//     data-target="#id"       the element the fragment goes to; without it the nearest element with data-fragment
//     data-place="replace"    in place of the target (default); "inside": as its content; "append": behind its content, the form is emptied
//     data-done="…"           a sentence said afterwards (from T)
//   [data-messages]           inside the form: where a refusal is shown; without one it is a toast
//
// The request has the header X-Requested-With: fetch. The page answers 200 with the fragment, or a refusal's sentence as text
// with its status (the page filters do that for every refusal). An answer that redirects is followed as a page.
// Focus stays on the button that was pressed: the same name and value, or the same id, in the new fragment.
import { asks, post, said, type Reply } from "./post";
import { shown } from "./shown";
import { toast } from "./toast";

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !form.matches('form[data-enhance~="swap"]')) return;
  event.preventDefault();
  void submit(form, event.submitter);
});

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-enhance~="swap"]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void follow(link);
});

async function submit(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  if (form.classList.contains("is-busy")) return;
  form.classList.add("is-busy");
  form.setAttribute("aria-busy", "true");
  const reply = await post(form, button);
  form.classList.remove("is-busy");
  form.removeAttribute("aria-busy");
  if (!reply) return;
  if (reply.ok) put(form, reply, button);
  else refuse(form, reply);
}

async function follow(link: HTMLAnchorElement): Promise<void> {
  try {
    const response = await fetch(link.href, { headers: asks });
    if (!response.ok || response.redirected) location.assign(link.href);
    else put(link, { ok: true, status: response.status, text: await response.text() }, link);
  } catch {
    toast(said("offline"), "error");
  }
}

function put(source: HTMLElement, reply: Reply, pressed: HTMLElement | null): void {
  const selector = source.dataset.target;
  const target = selector ? document.querySelector(selector) : source.closest("[data-fragment]");
  if (!target) {
    location.reload();
    return;
  }
  const holder = document.createElement("template");
  holder.innerHTML = reply.text;
  const added = [...holder.content.children];
  const key = pressed?.id ? `#${CSS.escape(pressed.id)}` : pressed instanceof HTMLButtonElement && pressed.name
    ? `button[name="${CSS.escape(pressed.name)}"][value="${CSS.escape(pressed.value)}"]` : null;
  switch (source.dataset.place) {
    case "inside":
      target.replaceChildren(holder.content);
      break;
    case "append":
      target.append(holder.content);
      if (source instanceof HTMLFormElement) empty(source);
      break;
    default:
      target.replaceWith(holder.content);
  }
  for (const element of added) shown(element);
  focus(added, key);
  if (source.dataset.done) toast(source.dataset.done);
}

function focus(added: Element[], key: string | null): void {
  for (const element of added) {
    const same = key ? (element.matches(key) ? element : element.querySelector(key)) : null;
    const to = same ?? element.querySelector("[data-focus]");
    if (to instanceof HTMLElement) {
      to.focus({ preventScroll: true });
      return;
    }
  }
  const first = added[0];
  if (first instanceof HTMLElement && document.activeElement === document.body) {
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }
}

// A one-time key is used up once its form was taken; the next comment needs another.
function empty(form: HTMLFormElement): void {
  form.reset();
  form.querySelector("[data-messages]")?.replaceChildren();
  const key = form.querySelector<HTMLInputElement>('input[name="_key"]');
  if (key) key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}

function refuse(form: HTMLFormElement, reply: Reply): void {
  const sentence = reply.text.length < 1000 && reply.text.trim() !== "" ? reply.text : said("failed");
  const messages = form.querySelector("[data-messages]");
  if (!messages) {
    toast(sentence, "error");
    return;
  }
  messages.setAttribute("role", "alert");
  messages.textContent = sentence;
}
