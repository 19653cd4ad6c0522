// node scripts/packages.mjs FOLDER: makes what is published, after everything was built. FOLDER/platform holds the addon of this
// platform; FOLDER/hpc.js holds all the rest, and asks for the addons of all platforms, of which npm installs the one that fits.

import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where addons are built, as `addon.cjs` names platforms; the workflow `addons` builds them. */
const PLATFORMS = ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64'];

/** The texts of the licences, which stand beside the whole project. */
const LICENCES = ['LICENSE-APACHE', 'LICENSE-MIT'];

const root = fileURLToPath(new URL('..', import.meta.url));
const [output] = process.argv.slice(2);
const addon = readdirSync(root).find((name) => /^hpc\..*\.node$/.test(name));
if (output === undefined || addon === undefined) {
  console.error('usage: node packages.mjs FOLDER, after the addon was built');
  process.exit(2);
}

const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version, license } = description;
makePlatformPackage(join(output, 'platform'), addon.slice('hpc.'.length, -'.node'.length));
makePackage(join(output, 'hpc.js'));

function makePlatformPackage(folder, platform) {
  const [os, cpu, library] = platform.split('-');
  write(folder, {
    name: nameOf(platform),
    version,
    license,
    description: `The addon of hpc.js for ${platform}`,
    main: addon,
    files: [addon, ...LICENCES],
    os: [os],
    cpu: [cpu],
    ...(library && { libc: [library === 'gnu' ? 'glibc' : library] }),
  });
  copyFileSync(join(root, addon), join(folder, addon));
  copyLicences(folder);
}

function makePackage(folder) {
  const { devDependencies: _, scripts: __, ...published } = description;
  const files = published.files.filter((pattern) => !pattern.endsWith('.node'));
  const optionalDependencies = Object.fromEntries(PLATFORMS.map((platform) => [nameOf(platform), version]));
  write(folder, { ...published, files: [...files, ...LICENCES], optionalDependencies });
  copyLicences(folder);
  for (const file of [...files, 'README.md']) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
}

function copyLicences(folder) {
  LICENCES.forEach((file) => copyFileSync(join(root, '..', '..', file), join(folder, file)));
}

function nameOf(platform) {
  return `hpc.js-${platform}`;
}

function write(folder, description) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
}
