// node examples/node/even_odd.mjs

import evenOdd from '../js/even_odd.js';

const result = await evenOdd({ size: 1000, steps: 50 });
console.log(`${result.length} elements, each ${result[0]} after 50 steps`);
