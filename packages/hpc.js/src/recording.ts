// Recorded calls.

import { describe } from './data.js';
import { refusal } from './errors.js';
import type { Session, SessionList } from './session.js';

/** What `calls` calls on the session, which does none of it. What it throws is thrown, and nothing was called then. */
export function recordCalls(session: Session, calls: () => unknown): SessionList {
  if (typeof calls !== 'function') {
    throw refusal(new TypeError(`record takes a function that makes the calls, not ${describe(calls)}`));
  }
  session.beginRecording();
  let result: unknown;
  let list: SessionList;
  try {
    result = calls();
  } finally {
    list = session.endRecording();
  }
  if (result instanceof Promise) {
    // The mistake is told below; what else it fails with is nobody's concern.
    result.catch(() => {});
    throw refusal(new TypeError('record takes a function that makes all calls before it returns: what an async one calls later is not recorded'));
  }
  return list;
}
