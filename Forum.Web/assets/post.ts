// Sends a form as the browser would, asking for a fragment instead of a page.

/** What came back. `text` is a fragment when `ok`, else the sentences of a refusal, one a line. */
export interface Reply {
  ok: boolean;
  status: number;
  text: string;
}

/** The header by which the server knows that a script asks (PageAgain.WantsText). */
export const asks = { "X-Requested-With": "fetch" };

/** Sends the form with the button that was pressed. Null: signed out, and the browser was told to send the form itself. */
export async function post(form: HTMLFormElement, button: HTMLElement | null): Promise<Reply | null> {
  const fields = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) fields.append(button.name, button.value);
  const address = button instanceof HTMLButtonElement && button.hasAttribute("formaction") ? button.formAction : form.action;
  try {
    const response = await fetch(address, { method: "POST", body: new URLSearchParams(fields as unknown as Record<string, string>), headers: asks });
    if (response.status === 401) {
      // The sign-in page carries the form on, so nothing is lost; that takes the browser's own way.
      sendPlainly(form, button, address);
      return null;
    }
    if (response.redirected) {
      location.assign(response.url);
      return null;
    }
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch {
    return { ok: false, status: 0, text: said("offline") };
  }
}

/** A sentence the server put on the body for scripts: data-said-…. */
export function said(key: string): string {
  return document.body.getAttribute(`data-said-${key}`) ?? "";
}

function sendPlainly(form: HTMLFormElement, button: HTMLElement | null, address: string): void {
  if (button instanceof HTMLButtonElement && button.name) {
    const chosen = document.createElement("input");
    chosen.type = "hidden";
    chosen.name = button.name;
    chosen.value = button.value;
    form.append(chosen);
  }
  form.action = address;
  // An own method, because a field may be called "submit"; it raises no event, so no module takes the form again.
  HTMLFormElement.prototype.submit.call(form);
}
