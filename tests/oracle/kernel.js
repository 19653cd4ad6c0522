// A kernel's text as a function that the oracle can call.
//
// Plain JavaScript differs from the kernel language in three places, and a small rewrite of the text closes the gap:
// - vectors and arrays are values: what is stored in a variable, passed or returned is copied;
// - `buffer[i].x = 1` writes to the element, although reading `buffer[i]` gives a copy;
// - the fill of `array(size, fill)` is evaluated once an element.
// The rewrite works on text, so it wants ordinary spelling; other spellings come with a reference function of their own.

import { array, copy, dim } from './memory.js';
import { types } from './types.js';
import { vec2, vec3, vec4 } from './vectors.js';

const LIBRARY = { vec2, vec3, vec4, array, dim, types, hpc__copy: copy };

const NAME = '[\\p{ID_Start}_$][\\p{ID_Continue}$]*';
const ASSIGNMENT = '(?:=(?!=)|(?:\\*\\*|<<|>>>?|[\\-+*/%&|^])=|\\+\\+|--)';

export function compile(text) {
  const rewritten = rewrite(text);
  const names = Object.keys(LIBRARY);
  const make = (expression) => new Function(...names, `'use strict'; return ${expression};`)(...Object.values(LIBRARY));
  try {
    return make(`(${rewritten})`);
  } catch (error) {
    const method = text.match(new RegExp(`^\\s*(${NAME})\\s*\\(`, 'u'));
    if (!(error instanceof SyntaxError) || !method) {
      throw error;
    }
    return make(`({ ${rewritten} }).${method[1]}`);
  }
}

export function rewrite(text) {
  return fills(text)
    .replace(new RegExp(`\\](\\s*\\.\\s*[xyzw]\\s*${ASSIGNMENT})`, 'gu'), '].hpc__element$1')
    .replace(/(\+\+|--)([\w.$]+(?:\[[^\][]*\])+)\.([xyzw])\b/g, '$1$2.hpc__element.$3')
    .replace(new RegExp(`(?<![=!<>])(=|return\\b)(\\s*)(${NAME})(?=\\s*[;,)\\n])`, 'gu'), '$1$2hpc__copy($3)')
    .replace(new RegExp(`(function\\s+${NAME}\\s*\\(([^)]*)\\)\\s*\\{)`, 'gu'), (_, head, parameters) => {
      const parameterNames = parameters.split(',').map((parameter) => parameter.split('=')[0].trim());
      return head + parameterNames.filter(Boolean).map((name) => ` ${name} = hpc__copy(${name});`).join('');
    });
}

// `array(size, fill)` to `array(size, () => (fill))`.
function fills(text) {
  let result = '';
  let rest = text;
  for (;;) {
    const call = rest.match(/\barray\(\s*(?!\[)/);
    if (!call) {
      return result + rest;
    }
    const start = call.index + call[0].length;
    const comma = endOf(rest, start, ',');
    const end = endOf(rest, comma + 1, ')');
    result += `${rest.slice(0, comma + 1)} () => (${fills(rest.slice(comma + 1, end).trim())})`;
    rest = rest.slice(end);
  }
}

// Where `stop` stands first outside of brackets.
function endOf(text, start, stop) {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (depth === 0 && text[at] === stop) {
      return at;
    }
    depth += '([{'.includes(text[at]) ? 1 : ')]}'.includes(text[at]) ? -1 : 0;
  }
  throw new SyntaxError(`no ${stop} after ${text.slice(start)}`);
}
