import type { UnpluginInstance } from 'unplugin' with { 'resolution-mode': 'import' };

/** The plugin: `hpc.vite()`, `hpc.rollup()`, `hpc.webpack()`, `hpc.esbuild()`. */
declare const hpc: UnpluginInstance<undefined, false> & { default: UnpluginInstance<undefined, false> };
export = hpc;
