// node ../install_packed.mjs FOLDER, in the folder of a starter: installs the packages that lie as archives somewhere in FOLDER, instead of the registry's.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = process.argv[2];
const archives = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.tgz'));
const paths = archives.map((file) => resolve(folder, file));
const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...paths], { stdio: 'inherit', shell: process.platform === 'win32' });
process.exitCode = status ?? 1;
