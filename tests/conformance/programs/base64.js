export const title = 'base64 by bytes, to text and back; a byte for each thread or three';

const VECTORS = { '': '', f: 'Zg==', fo: 'Zm8=', foo: 'Zm9v', foob: 'Zm9vYg==', fooba: 'Zm9vYmE=', foobar: 'Zm9vYmFy' };

export default async function ({ GPUInterface, dim }) {
  const plain = 'Many hands make light work; \u00ff\u0080\u007f are bytes, too.';
  const bytes = Uint8Array.from(plain, (c) => c.charCodeAt(0));
  const texts = [...Object.values(VECTORS), base64(bytes)];
  const wanted = [...Object.keys(VECTORS).map((text) => Uint8Array.from(text, (c) => c.charCodeAt(0))), bytes];
  const longest = 72;
  const padded = (values) => [...values, ...Array(longest - values.length).fill(0)];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'text', type: 'u8', size: [texts.length, longest], initialData: texts.map((text) => padded([...text].map((c) => c.charCodeAt(0)))) },
      { name: 'bytes', type: 'u8', size: [texts.length, longest] },
      { name: 'lengths', type: 'u16', size: [texts.length] },
      { name: 'again', type: 'u8', size: [texts.length, longest] },
    ],
  }).initialize();
  const decode = await gpu.createKernel((inputs) => {
    const line = inputs.threadId.x;
    let length = 0;
    let bits = 0;
    let held = 0;
    for (let k = 0; k < dim(inputs.buffers.text).y; k++) {
      const c = inputs.buffers.text[line][k];
      if (c === 0 || c === 61) break;
      let value = 63;
      if (c >= 65 && c <= 90) value = c - 65;
      else if (c >= 97 && c <= 122) value = c - 71;
      else if (c >= 48 && c <= 57) value = c + 4;
      else if (c === 43) value = 62;
      held = (held << 6) | value;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        inputs.buffers.bytes[line][length++] = held >> bits;
      }
    }
    inputs.buffers.lengths[line] = length;
  });
  const encode = await gpu.createKernel((inputs) => {
    const line = inputs.threadId.x;
    const group = inputs.threadId.y;
    const length = inputs.buffers.lengths[line];
    if (3 * group >= length) return;
    const word =
      inputs.buffers.bytes[line][3 * group] * 65536 + inputs.buffers.bytes[line][3 * group + 1] * 256 + inputs.buffers.bytes[line][3 * group + 2];
    for (let k = 0; k < 4; k++) {
      const digit = Math.floor(word / 64 ** (3 - k)) % 64;
      let c = digit === 62 ? 43 : 47;
      if (digit < 26) c = digit + 65;
      else if (digit < 52) c = digit + 71;
      else if (digit < 62) c = digit - 4;
      if (3 * group + k > length) c = 61;
      inputs.buffers.again[line][4 * group + k] = c;
    }
  });
  decode.run(texts.length);
  encode.run(texts.length, longest / 4);
  await gpu.expect('lengths', wanted.map((values) => values.length), 'exact');
  await gpu.expect('bytes', wanted.flatMap(padded), 'exact');
  await gpu.expect('again', texts.flatMap((text) => padded([...text].map((c) => c.charCodeAt(0)))), 'exact');
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
