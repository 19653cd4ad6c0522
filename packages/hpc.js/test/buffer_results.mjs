// What the programs of `buffer_programs.mjs` must give.

const counted = (size) => Array.from({ length: size }, (_, i) => size * 1000 + i);

export const EXPECTED = {
  resize: [...[4, 9, 1, 100, 3].map(counted), [3000, 3001, 3002, 0, 0]],
  comeAndGo: {
    before: [[1, 1, 6, 1, 1, 6], [236, 236, 0, 0], [3, 2, 5, 4]],
    objects: [[6, 2, 1], [5, 4, 2], [0, 0, 0]],
    after: [1, 2, 8, 4],
    messages: [
      'the kernel uses the buffer "a", which was destroyed: create one of the same name, type and number of dimensions, or another kernel',
      'there is no buffer "a"; did you mean "b"? (the buffers are fixed, b)',
      'the kernel uses the buffer "things", which was destroyed: create one of the same name, type and number of dimensions, or another kernel',
    ],
  },
  parts: [[0, 0, 1, 2, 3, 0, 0, 7], [7, 2, 3], [0, 0, 0, 0, 7, 8], [0, 0, 1, 2, 0, 0, 3, 4], [0, 0, 0, 0, 1, 2, 0, 0], [9, 0, 3, 0]],
};

/** What is left of the numbers from one on in a buffer of one size that gets another. */
export function expectedKept(type, from, to) {
  const slots = type === 'vec2' ? 2 : 1;
  const [before, after] = [from, to].map((size) => [...[1, 1].slice(size.length - 1), ...size]);
  const seen = [];
  for (let i = 0; i < after[0]; i++) {
    for (let j = 0; j < after[1]; j++) {
      for (let k = 0; k < after[2]; k++) {
        const isKept = i < before[0] && j < before[1] && k < before[2];
        const place = ((i * before[1] + j) * before[2] + k) * slots;
        seen.push(...Array.from({ length: slots }, (_, slot) => (isKept ? place + slot + 1 : 0)));
      }
    }
  }
  return seen;
}
