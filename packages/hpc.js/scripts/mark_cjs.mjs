// Tells Node that the files in cjs/ are CommonJS, whatever the package says of the others.

import { writeFileSync } from 'node:fs';

writeFileSync(new URL('../cjs/package.json', import.meta.url), '{ "type": "commonjs" }\n');
