// The public types of the package, as they were written down: they change on purpose. UPDATE=1 rewrites the snapshot.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { stored } from './snapshot.mjs';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const SNAPSHOT = new URL('api.snapshot.txt', import.meta.url);
const { exports: entries } = JSON.parse(readFileSync(`${PACKAGE}package.json`, 'utf8'));

const path = (file) => PACKAGE + file.slice('./'.length);
const { import: node, browser, require } = entries['.'];
const plugin = entries['./plugin'].import;
const FILES = { node: path(node.types), browser: path(browser.types), require: path(require.types), plugin: path(plugin.types) };

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });
const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, skipLibCheck: true, types: ['node'] };
const program = ts.createProgram(Object.values(FILES), options);
const checker = program.getTypeChecker();

// What an entry exports, and the types of ours that this mentions, in the order of their names; without comments.
function surface(file) {
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
  const found = new Map();
  const visit = (symbol) => {
    const declarations = (symbol.declarations ?? []).filter(isOurs);
    if (!found.has(symbol) && declarations.length > 0) {
      found.set(symbol, declarations.map(textOf).join('\n'));
      declarations.forEach(mentioned);
    }
  };
  const mentioned = (node) => {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    // Members of types are printed with them.
    if (symbol && !(symbol.flags & (ts.SymbolFlags.ClassMember | ts.SymbolFlags.TypeParameter | ts.SymbolFlags.FunctionScopedVariable))) {
      visit(resolved(symbol));
    }
    node.forEachChild(mentioned);
  };
  exported.forEach((symbol) => visit(resolved(symbol)));
  const names = exported.map((symbol) => (symbol.name === resolved(symbol).name ? symbol.name : `${resolved(symbol).name} as ${symbol.name}`));
  return [`exports ${names.sort().join(', ')}`, ...[...found.values()].sort()].join('\n');
}

function resolved(symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isOurs(declaration) {
  const { fileName } = declaration.getSourceFile();
  const isNamed = !ts.isSourceFile(declaration) && !ts.isTypeParameterDeclaration(declaration);
  return isNamed && fileName.startsWith(PACKAGE) && !fileName.includes('node_modules');
}

function textOf(declaration) {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return printer.printNode(ts.EmitHint.Unspecified, statement, declaration.getSourceFile()).replace(/^export (declare )?/, '');
}

test('the public types', () => {
  const text = `// hpc.js\n${surface(FILES.node)}\n\n// hpc.js/plugin\n${surface(FILES.plugin)}\n`;
  assert.equal(text, stored(SNAPSHOT, text));
});

test('pages and CommonJS have the same types as Node', () => {
  assert.equal(surface(FILES.browser), surface(FILES.node));
  assert.equal(surface(FILES.require), surface(FILES.node));
});
