export const title = 'integers up to 2^31 − 1 are exact even where nothing bounds the values they are made of';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = 2147483600 + i * 3;
      const b = (i % 16) + 1;
      const q = Math.floor(a / b);
      inputs.buffers.out[2 * i] = a - 2147483600;
      inputs.buffers.out[2 * i + 1] = q % 4096;
    },
    { out: 32, run: [16] },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let seed = i;
      for (let k = 0; k < 10; k++) {
        seed = (seed * 3877 + 29573) % 139968;
      }
      inputs.buffers.out[i] = seed;
    },
    { out: 64 },
  );
  await check(
    (inputs) => {
      function power(base = types.number, exponent = types.number, modulus = types.number) {
        let result = 1;
        base %= modulus;
        while (exponent > 0) {
          if (exponent % 2 === 1) result = (result * base) % modulus;
          base = (base * base) % modulus;
          exponent = Math.floor(exponent / 2);
        }
        return result;
      }
      inputs.buffers.out[inputs.threadId.x] = power(inputs.threadId.x + 2, 200, 9973);
    },
    { out: 40 },
  );
}
