// Finds the addon of this platform: beside this file in a checkout, else in the optional package for the platform.

'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');
const { PLATFORMS, adviceFor, nameOf, packageOf, thisHost } = require('./platform.cjs');

const host = thisHost();
const name = nameOf(host);
const beside = join(__dirname, `hpc.${name}.node`);

module.exports = load(existsSync(beside) ? beside : packageOf(name));

if (isMainThread) {
  // Drivers crash if the process ends while they work.
  process.on('exit', (code) => module.exports.shutDown(code));
}

function load(path) {
  try {
    return require(path);
  } catch (error) {
    const { version } = require('./package.json');
    throw new Error(adviceFor(host, version, error, PLATFORMS.filter(isInstalled)), { cause: error });
  }
}

function isInstalled(platform) {
  try {
    return require.resolve(packageOf(platform)) !== '';
  } catch {
    return false;
  }
}
