// node tests/oracle/record.mjs OUTPUT [WORD…]: records every case whose name contains one of the words, or all of them.

import { writeFileSync } from 'node:fs';
import { cases } from './corpus.js';
import { record } from './trace.js';

const [output, ...words] = process.argv.slice(2);
if (output === undefined) {
  console.error('usage: node record.mjs OUTPUT [WORD…]');
  process.exit(2);
}

const traces = [];
for (const { name, module } of await cases(words)) {
  try {
    traces.push(await record(name, module));
  } catch (error) {
    console.error(`${name}: the oracle cannot run this case`);
    throw error;
  }
}
writeFileSync(output, `{"cases":[\n${traces.map((trace) => JSON.stringify(trace)).join(',\n')}\n]}\n`);
console.log(`${traces.length} cases recorded`);
