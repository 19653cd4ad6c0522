// The worker that compiles.

import { full } from './full.js';
import { serve } from './serve.js';

addEventListener('message', ({ data }: { data: MessagePort }) => serve(data, async () => full, { warmsUp: true }), { once: true });
