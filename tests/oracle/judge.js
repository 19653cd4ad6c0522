// Runs a case with the real package on one of its backends and compares every read with what the oracle's trace says.

import { KernelError } from '../../packages/hpc.js/esm/index.js';
import { runCase } from './case.js';
import { compare } from './compare.js';

// Resolves with how many reads agreed and how many calls were refused as they must. Throws an Error that says what went wrong first.
// `trace` is what `record` made of the same module, `options` are those of the interfaces.
export async function judge(module, trace, options) {
  const verdict = new Verdict(trace);
  await runCase(module, {
    options,
    kernel: (written, standIn) => (standIn === undefined ? written : textual(standIn)),
    started() {},
    called: (_gpu, { do: what }, act) => verdict.call(what, act),
  });
  return verdict.finish();
}

// A function with a text of its own.
function textual(text) {
  return Object.assign(() => {}, { toString: () => text });
}

class Verdict {
  #counts = { reads: 0, refusals: 0 };
  // What is wrong is kept and told at the end: the program may expect a call to fail, and would be content with ours.
  #wrong = [];
  #pending = [];
  #position = 0;
  #trace;

  constructor(trace) {
    this.#trace = trace;
  }

  call(what, act) {
    const number = this.#position++;
    const expected = this.#trace.steps[number];
    if (expected?.do !== what) {
      throw new Error(`call ${number} is ${what}, and was ${expected?.do} on the oracle`);
    }
    const judged = (outcome) => this.#judge(`call ${number}, ${what}`, expected, outcome);
    return this.#settle(act, judged, what === 'createKernel' && expected.fails !== undefined);
  }

  async finish() {
    await Promise.allSettled(this.#pending);
    if (this.#position !== this.#trace.steps.length) {
      this.#wrong.push(`${this.#position} calls, and ${this.#trace.steps.length} on the oracle`);
    }
    if (this.#wrong.length > 0) {
      throw new Error(this.#wrong[0]);
    }
    return this.#counts;
  }

  // Makes the call and judges it, now or when its promise settles. The refusal of a kernel is all that its program wants.
  #settle(act, judged, mayFail) {
    try {
      const result = act();
      if (!(result instanceof Promise)) {
        judged({ result });
        return result;
      }
      const settled = result.then(
        (value) => (judged({ result: value }), value),
        (error) => {
          judged({ error });
          if (!mayFail) {
            throw error;
          }
        },
      );
      this.#pending.push(settled);
      return settled;
    } catch (error) {
      judged({ error });
      throw error;
    }
  }

  #judge(where, expected, { result, error }) {
    const wrong = (what) => this.#wrong.push(`${where}: ${what}`);
    if (expected.fails !== undefined) {
      const codes = error instanceof KernelError ? error.mistakes.map(({ code }) => code) : [expected.fails];
      if (error === undefined) {
        wrong(`should have been refused: ${expected.fails}`);
      } else if (!codes.includes(expected.fails)) {
        wrong(`${codes} instead of ${expected.fails}`);
      }
      this.#counts.refusals += 1;
    } else if (error !== undefined) {
      wrong(error.stack);
    } else if (expected.expect !== undefined) {
      const difference = compare(result.constructor.from(expected.expect, Number), result, expected.tolerance);
      if (difference !== undefined) {
        wrong(difference);
      }
      this.#counts.reads += 1;
    }
  }
}
