// node examples/node/functions.mjs

import functions from '../js/functions.js';

const [doubled, angles] = await functions();
console.log(doubled, angles);
