// Where the addon cannot be had: one sentence says what to do, and the debug backend serves. Machines that are not here are played.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import platforms from '../platform.cjs';
import { install, installed, starter } from './installed.mjs';

const { PLATFORMS, adviceFor, nameOf, thisHost } = platforms;
const missing = Object.assign(new Error("Cannot find module '@hpc-js/x'"), { code: 'MODULE_NOT_FOUND' });
const broken = (message) => Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' });

const { folder, packages, remove } = installed('platform');
after(remove);
const project = starter(folder, 'node');
const here = nameOf(thisHost());
const addon = join(folder, 'node_modules', '@hpc-js', here);

function run(environment) {
  return spawnSync(process.execPath, ['index.js'], { cwd: project, encoding: 'utf8', env: { ...process.env, ...environment } });
}

/** The message of a program that ended with an error, which is one sentence. */
function failure(environment = { HPC_BACKEND: 'cpu' }) {
  const { stderr, status } = run(environment);
  assert.equal(status, 1);
  const message = /^\w*Error[^:]*: (.*)$/m.exec(stderr)?.[1] ?? stderr;
  assert.equal(run({ HPC_BACKEND: 'debug' }).stdout, '2, 4, 6, 8\n', 'the debug backend serves');
  return message;
}

// In the folder above the starter, as npm says that it is.
function place(text) {
  mkdirSync(addon, { recursive: true });
  writeFileSync(join(addon, 'package.json'), '{ "main": "./index.cjs" }');
  writeFileSync(join(addon, 'index.cjs'), text);
}

test('installed with --omit=optional', () => {
  rmSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  install(folder, [packages[0]], '--omit=optional');
  const { version } = JSON.parse(readFileSync(join(packages[0], 'package.json'), 'utf8'));
  assert.equal(failure(), `hpc.js finds no addon for ${here}: npm leaves out optional packages with --omit=optional, so run \`npm install @hpc-js/${here}@${version}\`; the option backend: 'debug' needs no addon`);
});

test('node_modules that were installed on another platform', () => {
  const other = PLATFORMS.find((platform) => platform !== here);
  const folderOfOther = join(folder, 'node_modules', '@hpc-js', other);
  mkdirSync(folderOfOther, { recursive: true });
  writeFileSync(join(folderOfOther, 'package.json'), '{ "main": "./package.json" }');
  assert.match(failure(), new RegExp(`only for ${other}: node_modules come from another platform, so run \`npm install\` on this one`));
  rmSync(folderOfOther, { recursive: true });
});

test('an addon that wants a newer C library', () => {
  place('throw Object.assign(new Error("/lib64/libc.so.6: version `GLIBC_2.28\' not found (required by hpc.node)"), { code: "ERR_DLOPEN_FAILED" });');
  assert.match(failure(), /^hpc\.js needs glibc 2\.28 or newer, and this system has \d+\.\d+: use a newer system or container image; the option backend/);
});

test('an addon that is no library', () => {
  place('require("./hpc.node")');
  writeFileSync(join(addon, 'hpc.node'), 'half of a download');
  assert.match(failure(), /^hpc\.js cannot load its addon for \S+ \(.*\): install again with `npm ci` on this machine/);
});

test('under Rosetta', () => {
  const host = { platform: 'darwin', arch: 'x64', translated: true };
  assert.match(adviceFor(host, '1.0.0', missing, ['darwin-arm64']), /for darwin-x64, since this Node runs under Rosetta: run a Node for arm64 and install again, or run `npm install @hpc-js\/darwin-x64@1\.0\.0`/);
});

test('musl', () => {
  const host = { platform: 'linux', arch: 'x64', libc: 'musl' };
  assert.match(adviceFor(host, '1.0.0', missing), /for linux-x64-musl: .* `npm install @hpc-js\/linux-x64-musl@1\.0\.0`/);
  assert.match(adviceFor(host, '1.0.0', missing, ['linux-x64-gnu']), /only for linux-x64-gnu: node_modules come from another platform/);
  assert.match(adviceFor(host, '1.0.0', broken('Error loading shared library libgcc_s.so.1: No such file')), /on Alpine run `apk add libgcc`/);
});

test('a platform that has no addon', () => {
  const advice = adviceFor({ platform: 'freebsd', arch: 'x64' }, '1.0.0', missing);
  assert.match(advice, /^hpc\.js has no addon for freebsd-x64, only for linux-x64-gnu, .*: build one as docs\/platforms\.md of the repository says/);
});

test('every message is one sentence that names a way out', () => {
  const hosts = PLATFORMS.map((platform) => platform.split('-')).map(([platform, arch, libc]) => ({ platform, arch, libc, glibc: '2.17' }));
  for (const host of [...hosts, { platform: 'aix', arch: 'ppc64' }]) {
    for (const error of [missing, broken('x'), broken("version `GLIBC_2.28' not found")]) {
      const advice = adviceFor(host, '1.0.0', error);
      assert.ok(!advice.includes('\n') && !/\. [A-Z]/.test(advice) && advice.endsWith(platforms.DEBUG), advice);
    }
  }
});

test('without Vulkan kernels run on the CPU, and who insists on a GPU is told what to install', () => {
  rmSync(addon, { recursive: true });
  install(folder, packages);
  const nowhere = { VK_DRIVER_FILES: '/nowhere.json', VK_ICD_FILENAMES: '/nowhere.json', HPC_ADAPTER: '' };
  const { stdout, stderr } = run({ ...nowhere, HPC_BACKEND: '' });
  assert.equal(stdout, '2, 4, 6, 8\n', stderr);
  assert.match(failure({ ...nowhere, HPC_BACKEND: 'gpu' }), /no GPU adapter was found; install a Vulkan driver/);
});
