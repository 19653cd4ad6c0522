// node tests/oracle/record.mjs OUTPUT [WORD…]: records every case whose name contains one of the words, or all of them.

import { readdirSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { record } from './trace.js';

// Some cases are the programs of examples/js.
register('./resolve_hpc.js', import.meta.url);

const corpus = fileURLToPath(new URL('../conformance/', import.meta.url));

function caseFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => entry.name !== 'reject')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? caseFiles(path) : path.endsWith('.js') ? [path] : [];
    });
}

const [output, ...words] = process.argv.slice(2);
if (output === undefined) {
  console.error('usage: node record.mjs OUTPUT [WORD…]');
  process.exit(2);
}

const traces = [];
for (const file of caseFiles(corpus)) {
  const name = relative(corpus, file).replaceAll('\\', '/').replace(/\.js$/, '');
  if (words.length > 0 && !words.some((word) => name.includes(word))) {
    continue;
  }
  try {
    traces.push(await record(name, await import(pathToFileURL(file))));
  } catch (error) {
    console.error(`${name}: the oracle cannot run this case`);
    throw error;
  }
}
writeFileSync(output, `{"cases":[\n${traces.map((trace) => JSON.stringify(trace)).join(',\n')}\n]}\n`);
console.log(`${traces.length} cases recorded`);
