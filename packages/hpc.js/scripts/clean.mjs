// Removes what TypeScript made before, so that nothing stays of files that are gone.

import { rmSync } from 'node:fs';

for (const folder of ['esm', 'cjs']) {
  rmSync(new URL(`../${folder}/`, import.meta.url), { recursive: true, force: true });
}
