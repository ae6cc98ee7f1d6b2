// What pages with an editor load beside the readers' script.
import "@stackoverflow/stacks";
import { edit } from "./editor";
import { preview } from "./preview";
import { marked, onShown } from "./shown";

onShown((root) => {
  for (const textarea of marked<HTMLTextAreaElement>(root, "editor")) {
    if (textarea.dataset.ready) continue;
    textarea.dataset.ready = "yes";
    preview(textarea);
    void edit(textarea);
  }
});
