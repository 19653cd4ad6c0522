// The plugin for `require`, from Node 20.19 and 22.12 on: what it is made of are ES modules, which older ones cannot require.

'use strict';

const plugin = load();

module.exports = plugin;
module.exports.default = plugin;

function load() {
  try {
    return Object.create(require('./esm/plugin.js').default);
  } catch (error) {
    if (error.code === 'ERR_REQUIRE_ESM') {
      throw new Error(`hpc.js/plugin needs Node 20.19, 22.12 or newer, and this is ${process.version}: use a newer one`, { cause: error });
    }
    throw error;
  }
}
