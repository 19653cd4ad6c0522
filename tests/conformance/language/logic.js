export const title = 'truth tables of !, && and ||, equality of booleans';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = i % 2 === 1;
      const b = i >= 2;
      let bits = 0;
      if (a && b) bits += 1;
      if (a || b) bits += 2;
      if (!a) bits += 4;
      if (!(a && !b)) bits += 8;
      if (a === b) bits += 16;
      if (a !== b) bits += 32;
      if (a == true) bits += 64;
      if (b != false) bits += 128;
      const c = (a && b) || (!a && !b);
      if (c) bits += 256;
      if (true && !false) bits += 512;
      inputs.buffers.out[i] = bits;
    },
    { out: 4 },
  );
}
