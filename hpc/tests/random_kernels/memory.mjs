// The buffers of the debug backend, quickly where an index is a number of an element that exists.

const esm = new URL('../../../packages/hpc.js/esm/', import.meta.url);
const [{ kept }, { componentsIn, slotsOf, valueTypeOf }, { numbersOf, typeOf, valueOf }] = await Promise.all(
  ['data.js', 'elements.js', 'values.js'].map((file) => import(new URL(file, esm))),
);

/** What kernels see of a buffer. All else is left to the buffer's own view. */
export function quick(buffer) {
  return level(buffer, buffer.view, 0, 0);
}

function level(buffer, view, depth, start) {
  const { contents, type, size } = buffer;
  const [extent, isLast] = [size[depth], depth === size.length - 1];
  const [valueType, slots, components] = [valueTypeOf(type), slotsOf(type), componentsIn(type)];
  const rows = [];
  /** The element or the row that a key means; -1 for what is no index, and for what is outside. */
  const find = (key) => {
    const index = typeof key === 'string' ? Math.floor(Number(key)) : -1;
    return index >= 0 && index < extent && key !== '' ? start * extent + index : -1;
  };
  return new Proxy(view, {
    get(_, key) {
      const at = find(key);
      if (at < 0) {
        return view[key];
      }
      if (!isLast) {
        return (rows[at] ??= level(buffer, view[key], depth + 1, at));
      }
      const first = contents[at * slots];
      return valueType === 'number' ? first : valueType === 'boolean' ? first !== 0 : valueOf(valueType, [...contents.subarray(at * slots, at * slots + components)]);
    },
    set(_, key, value) {
      const at = find(key);
      if (at < 0 || !isLast || typeOf(value) !== valueType) {
        view[key] = value;
      } else if (components === 1) {
        contents[at] = kept(type, Number(value));
      } else {
        contents.set(numbersOf(value), at * slots);
      }
      return true;
    },
  });
}
