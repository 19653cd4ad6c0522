// The worker that compiles for WebGPU.

import { gpu } from './gpu.js';
import { serveWarm } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => void serveWarm(data, gpu), { once: true });
