// Values as text for people, as a console would show them.

const MOST = 64;

/** A value in words; long ones are cut. */
export function format(value: unknown, depth = 2): string {
  if (typeof value === 'string') {
    return depth === 2 ? value : JSON.stringify(value);
  }
  if (typeof value === 'function') {
    return `function ${value.name}`;
  }
  if (typeof value !== 'object' || value === null) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (value instanceof Error) {
    return `${value.name}: ${value.message}`;
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `${value.constructor.name} ${list(value as unknown as ArrayLike<unknown>, depth)}`;
  }
  return Array.isArray(value) ? list(value, depth) : formatObject(value, depth);
}

function list(values: ArrayLike<unknown>, depth: number): string {
  const shown = Array.from({ length: Math.min(values.length, MOST) }, (_, index) => element(values[index], values, depth));
  const rest = values.length > MOST ? `, … ${values.length - MOST} more` : '';
  const isTable = Array.from(values).some((value) => ArrayBuffer.isView(value));
  return `[${shown.join(isTable ? ',\n ' : ', ')}${rest}]`;
}

/** How many digits the floats of short kinds have. */
const DIGITS: Readonly<Record<string, number>> = { Float32Array: 7, Float16Array: 5 };

// A float is shown with the digits that it has.
function element(value: unknown, values: ArrayLike<unknown>, depth: number): string {
  const digits = DIGITS[values.constructor.name];
  return digits === undefined ? format(value, depth - 1) : String(Number((value as number).toPrecision(digits)));
}

function formatObject(value: object, depth: number): string {
  const name = value.constructor?.name ?? '';
  const prefix = name === 'Object' ? '' : `${name} `;
  const fields = Object.entries(value).filter(([, field]) => typeof field !== 'function');
  if (depth === 0 || fields.length === 0) {
    return `${prefix}{${fields.length === 0 ? '' : '…'}}`;
  }
  return `${prefix}{ ${fields.map(([key, field]) => `${key}: ${format(field, depth - 1)}`).join(', ')} }`;
}
