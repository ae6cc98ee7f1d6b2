declare module "highlight-languages" {
  import type { LanguageFn } from "highlight.js";
  const languages: Record<string, () => Promise<{ default: LanguageFn }>>;
  export default languages;
}

declare module "@stackoverflow/stacks";
