// Colours code blocks. The page says the language as <pre><code class="language-python">; only languages on the page are loaded.
// A block without a language stays plain, and so does one whose language is unknown or `none`.
export async function highlightAll(root: ParentNode): Promise<void> {
  const blocks = [...root.querySelectorAll<HTMLElement>("pre > code[class*='language-']:not([data-highlighted])")];
  if (blocks.length === 0) return;
  const { highlight } = await import("./highlight-core");
  await Promise.all(blocks.map(highlight));
}
