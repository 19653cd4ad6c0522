// Whether what a device computed is what the oracle computed; the classes are those of tests/README.md.

const SMALLEST_NORMAL = 2 ** -126;

// In words what differs, or undefined. Both are arrays of one kind.
export function compare(expected, actual, tolerance) {
  if (expected.length !== actual.length) {
    return `${actual.length} numbers instead of ${expected.length}`;
  }
  const rule = ruleOf(tolerance, expected);
  const differing = [];
  expected.forEach((value, index) => {
    if (!accepts(rule, value, actual[index])) {
      differing.push(index);
    }
  });
  if (differing.length <= (1 - (rule.share ?? 1)) * expected.length) {
    return undefined;
  }
  const [first] = differing;
  return `${differing.length} of ${expected.length} numbers differ, the first at ${first}: ${actual[first]} instead of ${expected[first]}`;
}

function ruleOf(tolerance, expected) {
  switch (tolerance) {
    case 'bits':
      return { bits: true, relative: 0, absolute: 0 };
    case 'exact':
      return { relative: 0, absolute: 0 };
    case 'auto':
      return expected.every((value) => isInteger(value, expected)) ? { relative: 0, absolute: 0 } : ruleOf('arithmetic', expected);
    case 'arithmetic':
      return { relative: 1e-6, absolute: SMALLEST_NORMAL };
    case 'transcendental':
      return { relative: 1e-4, absolute: 5e-4 };
    default:
      return tolerance;
  }
}

function accepts({ bits, relative = 0, absolute = 0 }, expected, actual) {
  if (Number.isNaN(expected) || Number.isNaN(actual)) {
    return Number.isNaN(expected) && Number.isNaN(actual);
  }
  if (bits || !Number.isFinite(expected)) {
    return Object.is(expected, actual);
  }
  const difference = Math.abs(expected - actual);
  return expected === actual || difference <= absolute || difference <= relative * Math.abs(expected);
}

// Whether it is an integer that the array holds, and so its neighbours; NaN and infinities count too.
function isInteger(value, array) {
  const largest = array instanceof Float32Array ? 2 ** 24 : Number.MAX_SAFE_INTEGER;
  return !Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) <= largest);
}
