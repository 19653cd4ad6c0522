// Programs in processes of their own.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

// Runs a module in the package's folder to its end; what it printed, how it ended, and how long it took in milliseconds.
export function run(text, environment = {}) {
  const begun = performance.now();
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', text], {
    cwd: PACKAGE, env: { ...process.env, ...environment }, encoding: 'utf8', timeout: 120_000,
  });
  return { stdout, stderr, status, signal, time: performance.now() - begun };
}
