// Replaces <textarea data-enhance="editor" aria-label="…"> by StacksEditor; the textarea stays in the form and always holds the text.
//   data-preview-url   where the server renders Markdown (POST body: text), shown under the editor
import "@stackoverflow/stacks";
import { StacksEditor } from "@stackoverflow/stacks-editor";

export function enhance(textarea: HTMLTextAreaElement): StacksEditor {
  const host = document.createElement("div");
  host.className = "f-editor s-editor-shell";
  textarea.after(host);
  textarea.hidden = true;
  const editor = new StacksEditor(host, textarea.value, {
    elementAttributes: { ariaLabel: textarea.getAttribute("aria-label") ?? textarea.labels?.[0]?.textContent?.trim() ?? "" },
  });
  return editor;
}

for (const textarea of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-enhance~='editor']")) enhance(textarea);
