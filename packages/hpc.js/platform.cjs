// Which addon this process needs, and what to do where it cannot be had: a sentence each.

'use strict';

const { readFileSync } = require('node:fs');
const { cpus } = require('node:os');

/** The platforms that have a package with an addon, `@hpc-js/` and this name. */
const PLATFORMS = [
  'linux-x64-gnu',
  'linux-x64-musl',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
];

/** The oldest C library of GNU that addons for Linux run on. */
const OLDEST_GLIBC = '2.28';

/** The backend that needs no addon. */
const DEBUG = "the option backend: 'debug' needs no addon";

/** What is known of the machine. */
function thisHost() {
  const { platform, arch } = process;
  return {
    platform,
    arch,
    libc: platform === 'linux' ? libcOf() : undefined,
    // Programs for x64 on Apple's own processors are translated.
    translated: platform === 'darwin' && arch === 'x64' && /apple/i.test(cpus()[0]?.model ?? ''),
    // It takes a while to find out, and is asked for only where something failed.
    get glibc() {
      return glibcVersion();
    },
  };
}

/** Which C library Node runs on. */
function libcOf() {
  try {
    return readFileSync('/usr/bin/ldd', 'utf8').includes('musl') ? 'musl' : 'gnu';
  } catch {
    return glibcVersion() === undefined ? 'musl' : 'gnu';
  }
}

function glibcVersion() {
  return process.report.getReport().header.glibcVersionRuntime;
}

/** The name of a platform, as its package has it. */
function nameOf({ platform, arch, libc }) {
  return [platform, arch, ...(libc ? [libc] : [])].join('-');
}

/** The package with the addon for a platform. */
function packageOf(name) {
  return `@hpc-js/${name}`;
}

/**
 * Why there is no addon, and what to do. `failure` is what loading it threw, `others` are the platforms whose addons are installed.
 */
function adviceFor(host, version, failure, others = []) {
  const name = nameOf(host);
  const install = `npm install ${packageOf(name)}@${version}`;
  if (!PLATFORMS.includes(name)) {
    return `hpc.js has no addon for ${name}, only for ${PLATFORMS.join(', ')}: build one as docs/platforms.md of the repository says; ${DEBUG}`;
  }
  if (failure.code !== 'MODULE_NOT_FOUND') {
    return adviceForBroken(host, name, failure);
  }
  if (host.translated) {
    return `hpc.js finds no addon for ${name}, since this Node runs under Rosetta: run a Node for arm64 and install again, or run \`${install}\`; ${DEBUG}`;
  }
  if (others.length > 0) {
    return `hpc.js finds no addon for ${name}, only for ${others.join(', ')}: node_modules come from another platform, so run \`npm install\` on this one, or \`${install}\`; ${DEBUG}`;
  }
  return `hpc.js finds no addon for ${name}: npm leaves out optional packages with --omit=optional, so run \`${install}\`; ${DEBUG}`;
}

/** What to do where the addon is there and cannot be loaded. */
function adviceForBroken(host, name, { message }) {
  if (/version `GLIBC_[\d.]+' not found/.test(message)) {
    return `hpc.js needs glibc ${OLDEST_GLIBC} or newer, and this system has ${host.glibc}: use a newer system or container image; ${DEBUG}`;
  }
  if (host.libc === 'musl' && /libgcc_s|ld-linux|libc\.so\.6/.test(message)) {
    return `hpc.js cannot load its addon for ${name} (${message}): on Alpine run \`apk add libgcc\`, and install on the same C library as you run on; ${DEBUG}`;
  }
  return `hpc.js cannot load its addon for ${name} (${message}): install again with \`npm ci\` on this machine; ${DEBUG}`;
}

module.exports = { DEBUG, OLDEST_GLIBC, PLATFORMS, adviceFor, nameOf, packageOf, thisHost };
