// The worker of the full compiler.

import { fullCompiler } from './full.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => serve(data, fullCompiler()), { once: true });
