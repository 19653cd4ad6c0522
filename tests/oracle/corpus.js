// The cases of the corpus.

import { readdirSync } from 'node:fs';
import { register } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Some cases are the programs of examples/js.
register('./resolve_hpc.js', import.meta.url);

const corpus = fileURLToPath(new URL('../conformance/', import.meta.url));

// Every case whose name contains one of the words, or all of them, by name: { name, module }.
export async function cases(words = []) {
  const named = caseFiles(corpus).map((file) => ({ file, name: relative(corpus, file).replaceAll('\\', '/').replace(/\.js$/, '') }));
  const wanted = named.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  return Promise.all(wanted.map(async ({ file, name }) => ({ name, module: await import(pathToFileURL(file)) })));
}

function caseFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => entry.name !== 'reject')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? caseFiles(path) : path.endsWith('.js') ? [path] : [];
    });
}
