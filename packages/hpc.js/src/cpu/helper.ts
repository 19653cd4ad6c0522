// A worker that takes part in the runs of a coordinator.

import { Board } from './board.js';
import { help } from './worker_pool.js';
import { messageOf } from './errors.js';
import { Programs } from './programs.js';
import type { HelperFailure, HelperMessage, HelperStart } from './protocol.js';

export function assist({ port }: HelperStart): void {
  port.onmessage = ({ data }: { data: HelperMessage }) => {
    if (data.kind === 'join') {
      const programs = new Programs(data.memory, data.scratch);
      const board = new Board(data.board);
      port.onmessage = ({ data: next }: { data: HelperMessage }) => handle(next, programs, () => help(board, programs, data.helper), port);
    }
  };
}

function handle(message: HelperMessage, programs: Programs, takePart: () => void, port: MessagePort): void {
  if (message.kind === 'learn') {
    programs.learn(message);
  } else if (message.kind === 'forget') {
    programs.forget(message.id);
    return;
  }
  try {
    takePart();
  } catch (error) {
    port.postMessage({ message: messageOf(error) } satisfies HelperFailure);
  }
}
