// node scripts/platform_package.mjs FOLDER: makes the package that holds the addon of this platform, to be published beside
// hpc.js. `addon.cjs` looks for it by its name.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [output] = process.argv.slice(2);
const addon = readdirSync(root).find((name) => /^hpc\..*\.node$/.test(name));
if (output === undefined || addon === undefined) {
  console.error('usage: node platform_package.mjs FOLDER, after the addon was built');
  process.exit(2);
}

const platform = addon.slice('hpc.'.length, -'.node'.length);
const [os, cpu, library] = platform.split('-');
const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const description = {
  name: `hpc.js-${platform}`,
  version,
  license,
  description: `The addon of hpc.js for ${platform}`,
  main: addon,
  files: [addon],
  os: [os],
  cpu: [cpu],
  ...(library && { libc: [library === 'gnu' ? 'glibc' : library] }),
};
mkdirSync(output, { recursive: true });
copyFileSync(join(root, addon), join(output, addon));
writeFileSync(join(output, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
console.log(description.name);
