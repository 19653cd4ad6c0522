// The worker in which kernels are compiled.

import { compilers } from './compilers.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => serve(data, compilers({ warmsUp: true })), { once: true });
