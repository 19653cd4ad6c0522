// The language and the interface on one page of plain Markdown, for programs that read: node scripts/llms.mjs, after api.mjs, writes public/llms.txt.
//
// It is made of the site's own pages: what these include is put in.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SITE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = join(SITE, '..');
const read = (path) => readFileSync(path, 'utf8');

/** A page with everything that it includes, its headings one step lower. */
function page(path) {
  const file = join(SITE, path);
  const text = included(read(file), dirname(file)).replace(/^---\n[^]*?\n---\n/, '');
  const plain = text.replace(/^<Example program="([\w/-]+)"[^>]*\/>$/gm, (_, name) => code(region(read(join(ROOT, 'examples', `${name}.js`)))));
  // Links to other pages are words here.
  return plain.replace(/^#/gm, '##').replace(/\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, '$1').trim();
}

/** Files that are included, and regions of programs. */
function included(text, folder) {
  const files = text.replace(/^<!--@include: (\S+)-->$/gm, (_, path) => included(read(join(folder, path)), dirname(join(folder, path))));
  return files.replace(/^<<< (\S+?)(?:#(\w+))?$/gm, (_, path, name) => code(region(read(join(folder, path)), name)));
}

/** The lines between the marks of a region, or all but the marks. */
function region(text, name) {
  const lines = text.split('\n');
  const isMark = (line) => /^\s*\/\/ #(end)?region\b/.test(line);
  const start = name === undefined ? -1 : lines.findIndex((line) => new RegExp(`#region ${name}$`).test(line));
  const length = lines.slice(start + 1).findIndex((line) => name !== undefined && /#endregion/.test(line));
  const inside = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).filter((line) => !isMark(line));
  const indent = Math.min(...inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return inside.map((line) => line.slice(indent)).join('\n').trim();
}

function code(text) {
  return `\`\`\`js\n${text.trim()}\n\`\`\``;
}

/** Each code of an error with its title. */
function errors() {
  const files = readdirSync(join(ROOT, 'docs', 'errors')).filter((file) => /^HPC\d+\.md$/.test(file));
  return files.map((file) => `- ${/^# (.*)$/m.exec(read(join(ROOT, 'docs', 'errors', file)))[1]}`).join('\n');
}

const { version, description } = JSON.parse(read(join(ROOT, 'packages', 'hpc.js', 'package.json')));
const text = `# HPC.js ${version}

> ${description}: in Node, in browsers and in Rust.

The npm package is \`hpc.js\`, the Rust crate \`hpc-js\` (\`hpc\` in code). A kernel is a function of one parameter that is called once for each thread; it is compiled from its text for the GPU or the CPU, so it can use what stands below and nothing else.

${page('reference/language.md')}

${page('reference/numbers.md')}

${page('reference/interface.md')}

## Errors

${errors()}
`;
writeFileSync(join(SITE, 'public', 'llms.txt'), text);
