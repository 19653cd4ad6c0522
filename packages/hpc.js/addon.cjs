// Finds the addon of this platform: beside this file in a checkout, else in the optional package for the platform.

'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

const platform = [process.platform, process.arch, ...(process.platform === 'linux' ? [libc()] : [])].join('-');
const beside = join(__dirname, `hpc.${platform}.node`);

module.exports = existsSync(beside) ? require(beside) : fromPackage(`hpc.js-${platform}`);

if (isMainThread) {
  // Drivers crash if the process ends while they work.
  process.on('exit', (code) => module.exports.shutDown(code));
}

function fromPackage(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') {
      throw error;
    }
    throw new Error(
      `hpc.js has no addon for ${platform}: install the optional package ${name} (npm leaves it out with --omit=optional), ` +
        "or use the option backend: 'debug', which needs none",
      { cause: error },
    );
  }
}

// Which C library Node runs on.
function libc() {
  try {
    return readFileSync('/usr/bin/ldd', 'utf8').includes('musl') ? 'musl' : 'gnu';
  } catch {
    return process.report.getReport().header.glibcVersionRuntime ? 'gnu' : 'musl';
  }
}
