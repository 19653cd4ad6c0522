// The packages as they are published, installed by npm into an empty folder that has no network but for what npm has not seen yet.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const STARTERS = fileURLToPath(new URL('../../../examples/starter', import.meta.url));

/** Runs npm, offline where its cache has everything. */
export const npm = (cwd, ...words) => execFileSync('npm', words, { cwd, encoding: 'utf8', shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] });

/** Installs the packages in the folders `packages` into `folder`, as npm would pack them. */
export function install(folder, packages, ...options) {
  const common = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--install-links'];
  npm(folder, 'install', ...common, ...options, ...packages);
}

/** Makes what is published in `folder`, with the addon of this platform, and gives the two folders: `hpc.js` and the platform's. */
export function makePackages(folder) {
  const script = join(PACKAGE, 'scripts', 'packages.mjs');
  const addon = readdirSync(PACKAGE).find((name) => /^hpc\..*\.node$/.test(name));
  const platform = addon.slice('hpc.'.length, -'.node'.length);
  execFileSync(process.execPath, [script, folder]);
  execFileSync(process.execPath, [script, folder, platform, join(PACKAGE, addon)]);
  return [join(folder, 'hpc.js'), join(folder, platform)];
}

/** A new folder with both packages installed, below that of the package: bundlers and TypeScript are found in the folders above. */
export function installed(name) {
  mkdirSync(join(PACKAGE, 'target'), { recursive: true });
  const folder = realpathSync(mkdtempSync(join(PACKAGE, 'target', `${name}-`)));
  const published = join(folder, 'published');
  const packages = makePackages(published);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  install(folder, packages);
  return { folder, packages, remove: () => rmSync(folder, { recursive: true }) };
}

/** A copy of a starter in the folder of what was installed. */
export function starter(folder, name) {
  cpSync(join(STARTERS, name), join(folder, name), { recursive: true });
  return join(folder, name);
}
