// A list of suggestions under an input, after the ARIA combobox pattern: arrows move, Enter or Tab takes, Escape closes.
export class Listbox {
  private readonly list = document.createElement("ul");
  private at = -1;

  constructor(private readonly input: HTMLInputElement, private readonly take: (value: string) => void) {
    this.list.className = "f-suggestions";
    this.list.id = `${input.id || "input"}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() ?? input.getAttribute("aria-label") ?? "");
    this.list.hidden = true;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    const holder = document.createElement("div");
    holder.className = "f-relative";
    input.before(holder);
    holder.append(input, this.list);
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => window.setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(option);
    });
  }

  /** Shows the server's options: <li role="option" data-value="…"> …. */
  show(fragment: string): void {
    this.list.innerHTML = fragment;
    this.options.forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.classList.add("f-suggestion");
      option.setAttribute("aria-selected", "false");
    });
    this.at = -1;
    const any = this.options.length > 0;
    this.list.hidden = !any;
    this.input.setAttribute("aria-expanded", String(any));
    this.input.removeAttribute("aria-activedescendant");
  }

  close(): void {
    if (!this.list.hidden) this.show("");
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const options = this.options;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.mark((this.at + (event.key === "ArrowDown" ? 1 : options.length - 1 + (this.at < 0 ? 1 : 0))) % options.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && this.at >= 0) {
      event.preventDefault();
      this.choose(options[this.at]!);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  private mark(index: number): void {
    this.at = index;
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = this.options[index];
    if (!option) return;
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  private choose(option: HTMLElement): void {
    this.take(option.dataset.value ?? "");
    this.close();
    this.input.focus();
  }
}
