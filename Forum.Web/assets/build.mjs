// Checks and bundles the assets into wwwroot/dist: hashed names, a manifest, and a .br and .gz beside each text file.
// Run by the build of Forum.Web when something here changed; `npm run build` does the same by hand.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { analyzeMetafile, build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const web = dirname(here);
const dist = join(web, "wwwroot", "dist");
const require = createRequire(import.meta.url);

execFileSync(process.execPath, [join(web, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", here], { stdio: "inherit" });

// Every language of highlight.js, each by a dynamic import of its own, so that a page loads those it shows and no other.
const languages = {
  name: "highlight-languages",
  setup(bundle) {
    bundle.onResolve({ filter: /^highlight-languages$/ }, () => ({ path: "highlight-languages", namespace: "languages" }));
    bundle.onLoad({ filter: /.*/, namespace: "languages" }, () => {
      const folder = join(dirname(require.resolve("highlight.js/package.json")), "es", "languages");
      const names = readdirSync(folder).filter((file) => file.endsWith(".js") && !file.endsWith(".js.js")).map((file) => basename(file, ".js"));
      const lines = names.map((name) => `${JSON.stringify(name)}: () => import("highlight.js/lib/languages/${name}"),`);
      return { contents: `export default {\n${lines.join("\n")}\n};`, resolveDir: here };
    });
  },
};

const usualLanguages = {
  name: "editor-highlight",
  setup(bundle) {
    bundle.onResolve({ filter: /^highlight\.js$/ }, () => ({ path: require.resolve("highlight.js/lib/common") }));
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const entries = ["readers.ts", "writers.ts", "site.css", "editor.css"];
const result = await build({
  absWorkingDir: web,
  entryPoints: entries.map((file) => join(here, file)),
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  minify: true,
  legalComments: "none",
  metafile: true,
  loader: { ".svg": "file", ".png": "file" },
  // The editor asks for all of highlight.js; the usual languages are enough to write with (usualLanguages).
  alias: { "@stackoverflow/stacks-editor": join(web, "node_modules", "@stackoverflow", "stacks-editor", "dist", "app.bundle.js") },
  plugins: [languages, usualLanguages],
  logLevel: "warning",
});

if (process.argv.includes("--sizes")) console.log(await analyzeMetafile(result.metafile));
const manifest = {};
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  if (!output.entryPoint || !entries.includes(basename(output.entryPoint))) continue;
  const name = basename(output.entryPoint).replace(/\.ts$/, ".js");
  manifest[name] = relative(dist, join(web, file)).split(sep).join("/");
}
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

// Icons are written into pages by the server. Other people's marks are left out.
const icons = JSON.parse(readFileSync(join(web, "node_modules", "@stackoverflow", "stacks-icons", "dist", "icons.json"), "utf8"));
const ours = Object.fromEntries(Object.entries(icons).filter(([name]) => !/^(Logo|Glyph|Service)/.test(name)));
writeFileSync(join(dist, "icons.json"), JSON.stringify(ours));

for (const file of Object.keys(result.metafile.outputs)) {
  const path = join(web, file);
  const content = readFileSync(path);
  if (content.length < 512) continue;
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
