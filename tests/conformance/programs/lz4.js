export const title = 'an LZ4 block decoded by bytes: literals, long lengths and copies that overlap';

export default async function ({ GPUInterface }) {
  const long = 'a'.repeat(300) + 'The quick brown fox. The quick brown dog.' + 'ab'.repeat(40);
  const blocks = [
    // One literal run; a run of one letter by an overlapping copy; what a small compressor makes of a text.
    { packed: [0x50, ...codes('hello')], plain: 'hello' },
    { packed: [0x1f, ...codes('x'), 1, 0, 255, 10, 0x50, ...codes('hello')], plain: 'x'.repeat(1 + 4 + 15 + 255 + 10) + 'hello' },
    { packed: compress(codes(long)), plain: long },
  ];
  const longest = 512;
  const padded = (values) => [...values, ...Array(longest - values.length).fill(0)];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'packed', type: 'u8', size: [blocks.length, longest], initialData: blocks.map(({ packed }) => padded(packed)) },
      { name: 'sizes', type: 'u32', size: [blocks.length], initialData: Uint32Array.from(blocks, ({ packed }) => packed.length) },
      { name: 'plain', type: 'u8', size: [blocks.length, longest] },
    ],
  }).initialize();
  const decode = await gpu.createKernel((inputs) => {
    const block = inputs.threadId.x;
    const end = inputs.buffers.sizes[block];
    let from = 0;
    let to = 0;
    while (from < end) {
      const token = inputs.buffers.packed[block][from++];
      let literals = token >> 4;
      if (literals === 15) {
        let more = 255;
        while (more === 255) {
          more = inputs.buffers.packed[block][from++];
          literals += more;
        }
      }
      for (let k = 0; k < literals; k++) inputs.buffers.plain[block][to++] = inputs.buffers.packed[block][from++];
      if (from >= end) break;
      const offset = inputs.buffers.packed[block][from] + inputs.buffers.packed[block][from + 1] * 256;
      from += 2;
      let length = (token & 15) + 4;
      if (length === 19) {
        let more = 255;
        while (more === 255) {
          more = inputs.buffers.packed[block][from++];
          length += more;
        }
      }
      for (let k = 0; k < length; k++) {
        inputs.buffers.plain[block][to] = inputs.buffers.plain[block][to - offset];
        to++;
      }
    }
  });
  decode.run(blocks.length);
  await gpu.expect('plain', blocks.flatMap(({ plain }) => padded(codes(plain))), 'exact');
}

function codes(text) {
  return Array.from(text, (c) => c.charCodeAt(0));
}

// The longest match at each place, found by looking at all; the last five bytes are literals, as the format wants.
function compress(bytes) {
  const out = [];
  let literals = [];
  const emit = (match, offset) => {
    const high = Math.min(literals.length, 15);
    const low = match === 0 ? 0 : Math.min(match - 4, 15);
    out.push((high << 4) | low, ...extra(literals.length), ...literals);
    if (match > 0) out.push(offset & 255, offset >> 8, ...extra(match - 4));
    literals = [];
  };
  let at = 0;
  while (at < bytes.length) {
    let best = 0;
    let offset = 0;
    for (let back = 1; back <= at && at < bytes.length - 12; back++) {
      let length = 0;
      while (at + length < bytes.length - 5 && bytes[at + length] === bytes[at + length - back]) length++;
      if (length > best) [best, offset] = [length, back];
    }
    if (best >= 4) {
      emit(best, offset);
      at += best;
    } else literals.push(bytes[at++]);
  }
  emit(0, 0);
  return out;
}

function extra(length) {
  if (length < 15) return [];
  const rest = length - 15;
  return [...Array(Math.floor(rest / 255)).fill(255), rest % 255];
}
