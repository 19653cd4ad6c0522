// The worker that compiles for the CPU backend.

import { cpu } from './cpu.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => serve(data, async () => cpu, { warmsUp: true }), { once: true });
