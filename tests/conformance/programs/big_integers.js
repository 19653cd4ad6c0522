export const title = 'sums and products of integers of many digits: limbs of 32, of 16 and of 7 decimal digits';

export default async function ({ GPUInterface, array }) {
  const a = 0xfedcba9876543210fedcba9876543210fedcba98n * 0x123456789abcdefn + 0xffffffffffffffffn;
  const b = (1n << 191n) - 19n;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [8], initialData: Uint32Array.from(limbs(a, 32n, 8)) },
      { name: 'b', size: [8], initialData: Uint32Array.from(limbs(b, 32n, 8)) },
      { name: 'sum', type: 'u32', size: [9] },
      { name: 'product', type: 'u32', size: [16] },
      { name: 'factorial', type: 'i32', size: [12] },
    ],
  }).initialize();
  const add = await gpu.createKernel((inputs) => {
    let carry = 0;
    for (let k = 0; k < 8; k++) {
      const digit = inputs.buffers.a[k] + inputs.buffers.b[k] + carry;
      inputs.buffers.sum[k] = digit % 4294967296;
      carry = digit >= 4294967296 ? 1 : 0;
    }
    inputs.buffers.sum[8] = carry;
  });
  const multiply = await gpu.createKernel((inputs) => {
    let digits = array(33, 0);
    for (let i = 0; i < 16; i++) {
      const x = (inputs.buffers.a[i >> 1] >>> (16 * (i & 1))) & 0xffff;
      let carry = 0;
      for (let j = 0; j < 16; j++) {
        const y = (inputs.buffers.b[j >> 1] >>> (16 * (j & 1))) & 0xffff;
        const digit = digits[i + j] + x * y + carry;
        digits[i + j] = digit & 0xffff;
        carry = Math.floor(digit / 65536);
      }
      digits[i + 16] = carry;
    }
    for (let k = 0; k < 16; k++) inputs.buffers.product[k] = digits[2 * k] + digits[2 * k + 1] * 65536;
  });
  const factorial = await gpu.createKernel((inputs) => {
    // 50!, seven digits a limb: products stay below 2^53 by far and above 2^24.
    let digits = array(12, 0);
    digits[0] = 1;
    for (let n = 2; n <= 50; n++) {
      let carry = 0;
      for (let k = 0; k < 12; k++) {
        const digit = digits[k] * n + carry;
        digits[k] = digit % 10000000;
        carry = Math.floor(digit / 10000000);
      }
    }
    for (let k = 0; k < 12; k++) inputs.buffers.factorial[k] = digits[k];
  });
  add.run(1);
  multiply.run(1);
  factorial.run(1);
  let product = 1n;
  for (let n = 2n; n <= 50n; n++) product *= n;
  await gpu.expect('sum', limbs(a + b, 32n, 9), 'exact');
  await gpu.expect('product', limbs(a * b, 32n, 16), 'exact');
  await gpu.expect('factorial', Array.from({ length: 12 }, (_, k) => Number((product / 10n ** BigInt(7 * k)) % 10000000n)), 'exact');
}

function limbs(value, bits, count) {
  return Array.from({ length: count }, (_, k) => Number((value >> (bits * BigInt(k))) & ((1n << bits) - 1n)));
}
