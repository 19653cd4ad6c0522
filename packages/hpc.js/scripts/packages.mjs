// Makes the folders that are published, after what is in them was built:
//
//     node scripts/packages.mjs FOLDER                 FOLDER/hpc.js, which asks for the addons of all platforms, of which npm installs the one that fits
//     node scripts/packages.mjs FOLDER PLATFORM FILE   FOLDER/PLATFORM, the package of one platform, with the addon FILE

import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import platforms from '../platform.cjs';

/** The texts of the licences, which stand beside the whole project. */
const LICENCES = ['LICENSE-APACHE', 'LICENSE-MIT'];

/** A package in a scope is private unless it says otherwise. */
const PUBLIC = { access: 'public' };

const { PLATFORMS, packageOf } = platforms;
const root = fileURLToPath(new URL('..', import.meta.url));
const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version, license, repository, bugs, engines } = description;

const [output, platform, addon] = process.argv.slice(2);
if (output !== undefined && platform === undefined) {
  makePackage(join(output, 'hpc.js'));
} else if (addon !== undefined && PLATFORMS.includes(platform)) {
  makePlatformPackage(join(output, platform), platform, addon);
} else {
  console.error(`usage: node packages.mjs FOLDER [PLATFORM FILE], where PLATFORM is one of ${PLATFORMS.join(', ')}`);
  process.exit(2);
}

function makePlatformPackage(folder, platform, addon) {
  const [os, cpu, library] = platform.split('-');
  const name = packageOf(platform);
  const main = `hpc.${platform}.node`;
  write(folder, {
    name,
    version,
    description: `The addon of hpc.js for ${platform}`,
    license,
    repository,
    bugs,
    engines,
    publishConfig: PUBLIC,
    type: 'commonjs',
    main,
    files: [main, ...LICENCES],
    os: [os],
    cpu: [cpu],
    ...(library && { libc: [library === 'gnu' ? 'glibc' : library] }),
  });
  copyFileSync(addon, join(folder, main));
  const readme = `# ${name}\n\nThe addon of [hpc.js](https://www.npmjs.com/package/hpc.js) for ${platform}, which npm installs with it.\n`;
  writeFileSync(join(folder, 'README.md'), readme);
  copyLicences(folder);
}

function makePackage(folder) {
  const { devDependencies: _, scripts: __, ...published } = description;
  const files = published.files.filter((pattern) => !pattern.endsWith('.node'));
  const optionalDependencies = Object.fromEntries(PLATFORMS.map((platform) => [packageOf(platform), version]));
  write(folder, { ...published, publishConfig: PUBLIC, files: [...files, ...LICENCES], optionalDependencies });
  copyLicences(folder);
  for (const file of [...files, 'README.md']) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
}

function copyLicences(folder) {
  LICENCES.forEach((file) => copyFileSync(join(root, '..', '..', file), join(folder, file)));
}

function write(folder, description) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
}
