// What a worker does: what its first message says.

import { coordinate } from './coordinator.js';
import { assist } from './helper.js';
import type { Start } from './protocol.js';

export function serve(start: Start): void {
  if (start.role === 'coordinator') {
    coordinate(start);
  } else {
    assist(start);
  }
}
