// hpc.js in Node: write a GPU kernel as an ordinary JavaScript function and run it with a handful of calls.

import { node } from './node.js';
import { providePlatform } from './platform.js';

providePlatform(node);

export * from './api.js';
export { default } from './api.js';
