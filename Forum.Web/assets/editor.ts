// Puts StacksEditor in place of <textarea data-enhance="editor">. The textarea stays in the form, hidden, and always holds the
// text as Markdown; it raises "input" as if one typed into it. Its label (or aria-label) names the editor.
import { EditorType, registerLocalizationStrings, StacksEditor } from "@stackoverflow/stacks-editor";

export async function edit(textarea: HTMLTextAreaElement): Promise<void> {
  if (document.documentElement.lang.startsWith("zh")) registerLocalizationStrings((await import("./editor-zh")).strings as never); // The types want the English words.

  const name = textarea.getAttribute("aria-label") ?? textarea.labels?.[0]?.textContent?.trim() ?? "";
  const host = document.createElement("div");
  host.className = "f-editor";
  textarea.before(host);
  const editor = new StacksEditor(host, textarea.value, {
    defaultView: EditorType.Commonmark,
    placeholderText: textarea.placeholder,
    editorHelpLink: "/help/formatting",
    classList: ["f-editor--text"],
    elementAttributes: {
      ariaLabel: name,
      ariaMultiline: "true",
      ariaInvalid: textarea.getAttribute("aria-invalid") ?? "false",
      ...(textarea.hasAttribute("aria-describedby") ? { ariaDescribedby: textarea.getAttribute("aria-describedby") } : {}),
      dir: "auto",
    },
    parserFeatures: { html: true, tables: true, extraEmphasis: true, tagLinks: { disableMetaTags: true, validate: (tag) => /^\S+$/.test(tag) } },
    // There is nowhere to upload to; pictures are linked by address.
    imageUpload: { handler: undefined },
  });
  textarea.hidden = true;

  const sync = (): void => {
    const text = editor.content;
    if (text === textarea.value) return;
    textarea.value = text;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let timer = 0;
  new MutationObserver(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(sync, 150);
  }).observe(host, { childList: true, characterData: true, subtree: true });
  textarea.form?.addEventListener("submit", sync, { capture: true });
  textarea.form?.addEventListener("formdata", (event) => {
    sync();
    if (textarea.name) event.formData.set(textarea.name, textarea.value);
  });
  textarea.form?.addEventListener("reset", () => window.setTimeout(() => (editor.content = textarea.value)));
  for (const label of textarea.labels ?? []) label.addEventListener("click", () => editor.focus());
  textarea.addEventListener("focus", () => editor.focus());
}
