export const title = 'texts that Function.prototype.toString can give';

const SOURCES = [
  '(inputs) => { inputs.buffers.out[inputs.threadId.x] = 7; }',
  'inputs => { inputs.buffers.out[inputs.threadId.x] = 7 }',
  'inputs=>inputs.buffers.out[inputs.threadId.x]=7',
  '(inputs) => (inputs.buffers.out[inputs.threadId.x] = 7)',
  'function (inputs) { inputs.buffers.out[inputs.threadId.x] = 7; }',
  'function(inputs){inputs.buffers.out[inputs.threadId.x]=7}',
  'function kernel(inputs) { inputs.buffers.out[inputs.threadId.x] = 7; }',
  'kernel(inputs) { inputs.buffers.out[inputs.threadId.x] = 7; }',
  '"a b"(inputs) { inputs.buffers.out[inputs.threadId.x] = 7; }',
  '[name](inputs) { inputs.buffers.out[inputs.threadId.x] = 7; }',
  'static kernel(inputs) { inputs.buffers.out[inputs.threadId.x] = 7; }',
  'function (inputs) {\r\n  "use strict";\r\n  inputs.buffers.out[inputs.threadId.x] = 7;\r\n}',
  '/* before */ (inputs /* here */) => /* and here */ { inputs.buffers.out[inputs.threadId.x] = 7; // there\n}',
];

export default async function ({ check }) {
  for (const source of SOURCES) {
    await check(() => {}, { out: 2, source, expect: [7, 7] });
  }
}
