// highlight.js without languages, and the table from which each language is fetched when a block asks for it.
import core from "highlight.js/lib/core";
import languages from "highlight-languages";

// Names people write that are not the file's name. highlight.js knows an alias only once its language is loaded.
const aliases: Record<string, string> = {
  "c#": "csharp", cs: "csharp", "f#": "fsharp", fs: "fsharp", "c++": "cpp", cc: "cpp", h: "cpp", hpp: "cpp", js: "javascript", jsx: "javascript",
  mjs: "javascript", node: "javascript", ts: "typescript", tsx: "typescript", py: "python", py3: "python", "python-3.x": "python", rb: "ruby",
  rs: "rust", golang: "go", sh: "bash", shell: "bash", zsh: "bash", console: "shell", html: "xml", svg: "xml", xhtml: "xml", htm: "xml", yml: "yaml",
  md: "markdown", kt: "kotlin", objc: "objectivec", "objective-c": "objectivec", "obj-c": "objectivec", ps: "powershell", ps1: "powershell",
  hs: "haskell", pl: "perl", tex: "latex", vb: "vbnet", "vb.net": "vbnet", docker: "dockerfile", make: "makefile", mk: "makefile", toml: "ini",
  pgsql: "pgsql", postgres: "pgsql", postgresql: "pgsql", mysql: "sql", sqlite: "sql", tsql: "sql", clj: "clojure", ex: "elixir", exs: "elixir",
  erl: "erlang", jl: "julia", asm: "x86asm", bat: "dos", cmd: "dos", text: "plaintext", txt: "plaintext", jsonc: "json", json5: "json",
};

export async function highlight(block: HTMLElement): Promise<void> {
  const said = [...block.classList].find((name) => name.startsWith("language-"))?.slice("language-".length).toLowerCase();
  if (!said || said === "none" || said === "plaintext" || said === "text") return;
  const name = aliases[said] ?? said;
  const load = Object.hasOwn(languages, name) ? languages[name] : undefined;
  if (!load) return;
  if (!core.getLanguage(name)) core.registerLanguage(name, (await load()).default);
  // Long blocks would hold the page up for longer than colours are worth.
  if ((block.textContent?.length ?? 0) > 50_000) return;
  block.innerHTML = core.highlight(block.textContent ?? "", { language: name, ignoreIllegals: true }).value;
  block.dataset.highlighted = name;
}
