// hpc.js in browsers: the same as index.ts, and nothing of Node.

import { browser } from './web.js';
import { providePlatform } from './platform.js';

providePlatform(browser);

export * from './api.js';
export { default } from './api.js';
