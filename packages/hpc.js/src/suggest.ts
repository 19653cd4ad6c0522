// "Did you mean": the declared name that is nearest to a mistyped one.

/** What is shown of a name. */
const LONGEST_NAME = 60;
/** How many names are listed. */
const MOST_NAMES = 40;

/** A name, or its beginning if it is long. */
export function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

/** The names there are, and the one that was probably meant; `what` says what they name. */
export function didYouMean(name: string, what: string, declared: Iterable<string>): string {
  const names = [...declared];
  if (names.length === 0) {
    return `no ${what} were declared`;
  }
  const limit = Math.max(1, Math.ceil(name.length / 3));
  const near = names
    // Nobody mistypes what is longer, and comparing it would take long.
    .filter(({ length }) => length <= LONGEST_NAME && name.length <= LONGEST_NAME)
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)[0];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const all = `the ${what} are ${names.slice(0, MOST_NAMES).map(shortened).join(', ')}${more}`;
  return near ? `did you mean "${near.candidate}"? (${all})` : all;
}

/** What types are called elsewhere, and here. */
const TYPES: Readonly<Record<string, string>> = {
  f32: 'number', float: 'number', float32: 'number', single: 'number', double: 'f64', float64: 'f64', half: 'f16', float16: 'f16', int: 'i32', int32: 'i32',
  uint: 'u32', uint32: 'u32', int16: 'i16', uint16: 'u16', int8: 'i8', uint8: 'u8', byte: 'u8', bool: 'boolean', vec2f: 'vec2', vec3f: 'vec3', vec4f: 'vec4',
};

/** The same of a type: shaders and other languages have names of their own. */
export function didYouMeanType(name: string, declared: Iterable<string>): string {
  const known = Object.hasOwn(TYPES, name.toLowerCase()) ? TYPES[name.toLowerCase()] : undefined;
  const names = [...declared];
  return known !== undefined && names.includes(known) ? `that is "${known}" here (the types are ${names.join(', ')})` : didYouMean(name, 'types', names);
}

// How many characters must be inserted, deleted or replaced.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
