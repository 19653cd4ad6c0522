// The programs of the repository that this site shows, each a file that tests run too.

const FILES: Record<string, string> = {
  ...import.meta.glob<string>('../../examples/js/*.js', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../../examples/web/*.js', { query: '?raw', import: 'default', eager: true }),
};

/** What the playground offers, from simple to large: files below `examples/`. */
export const STARTERS: readonly string[] = [
  'js/double', 'web/gradient', 'js/functions', 'web/pi', 'web/product', 'web/sum', 'web/race', 'web/asynchronous',
  'js/even_odd', 'web/julia', 'web/mandelbrot', 'web/heat', 'web/waves', 'web/life', 'web/balls', 'web/gravity',
];

/** The text of a program, without the marks by which pages show parts of it. */
export function programText(name: string): string {
  const text = FILES[`../../examples/${name}.js`];
  if (text === undefined) {
    throw new Error(`there is no program "${name}" in examples/`);
  }
  return text.replace(/^[ \t]*\/\/ #(end)?region.*\n/gm, '');
}

/** The title that a program gives itself. */
export function titleOf(name: string): string {
  return /^export const title = '(.*)';$/m.exec(programText(name))?.[1] ?? name;
}
