// node examples/node/double.mjs

import double from '../js/double.js';

console.log(await double());
