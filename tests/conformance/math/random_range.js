export const title = 'Math.random is in [0, 1), its calls in one thread differ, and it can be scaled and floored';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = Math.random();
      const b = Math.random();
      let same = 0;
      let previous = a;
      for (let k = 0; k < 8; k++) {
        const next = Math.random();
        if (next === previous) same++;
        previous = next;
      }
      const die = 1 + Math.floor(Math.random() * 6);
      const inside = a >= 0 && a < 1 && b >= 0 && b < 1;
      inputs.buffers.out[i] = inside && a !== b && same < 2 && die >= 1 && die <= 6 && die === Math.floor(die) ? 1 : 0;
    },
    { out: 1000 },
  );
}
