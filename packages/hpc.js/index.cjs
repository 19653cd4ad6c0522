// The entry for `require`. It is the class itself, with everything else as properties: bundlers differ in whether the default
// import of a CommonJS module is all that it exports or its property `default`, and here both are the class.

'use strict';

const exported = require('./cjs/index.js');

module.exports = Object.assign(exported.GPUInterface, exported);
module.exports.default = exported.GPUInterface;
Object.defineProperty(module.exports, '__esModule', { value: true });
