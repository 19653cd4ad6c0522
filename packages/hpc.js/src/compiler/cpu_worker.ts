// The worker that compiles for the CPU backend.

import { cpu } from './cpu.js';
import { serveWarm } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => void serveWarm(data, cpu), { once: true });
