/**
 * `read:` and `write:` formulas in JSONata's notation. JSONata 2 evaluates asynchronously, and a
 * mapping is a pure function that must not wait; so its parser is used, and a small, named part of
 * the language is evaluated here: values, `$scope` fields, `&`, `= !=`, `? :` and text functions.
 */
import jsonata from 'jsonata';
import { own } from './context.ts';
import { PlaceError } from './place.ts';

/** undefined: the value is absent. `value` is `$`, `scope` is `$scope`. */
export type Formula = (value: string, scope: object) => string | undefined;

type Value = string | number | boolean | object | undefined;
type Evaluate = (value: string, scope: object) => Value;

/** What a formula is made of, as JSONata's parser gives it. */
interface Ast {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Ast[];
  readonly lhs?: Ast;
  readonly rhs?: Ast;
  readonly arguments?: readonly Ast[];
  readonly procedure?: Ast;
  readonly condition?: Ast;
  readonly then?: Ast;
  readonly else?: Ast;
  readonly expressions?: readonly Ast[];
}

const charactersMax = 500;

/** Throws PlaceError with what may be used instead. */
export function parseFormula(text: string): Formula {
  if (text.length > charactersMax) throw new PlaceError('a formula is at most 500 characters long');
  const evaluate = compile(astOf(text));
  return (value, scope) => textOf(evaluate(value, scope));
}

function astOf(text: string): Ast {
  try {
    return jsonata(text).ast() as unknown as Ast;
  } catch (error) {
    const { message } = error as { message?: string };
    throw new PlaceError(`the formula cannot be read: ${message ?? 'unknown fault'}`);
  }
}

function textOf(value: Value): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function compile(ast: Ast): Evaluate {
  switch (ast.type) {
    case 'string':
    case 'number':
    case 'value':
      return constant(ast.value);
    case 'variable':
      return variable(ast);
    case 'path':
      return pathValue(ast);
    case 'binary':
      return binary(ast);
    case 'condition':
      return choice(ast);
    case 'function':
      return call(ast);
    case 'block':
      if (ast.expressions?.length === 1) return compile(ast.expressions[0]!);
  }
  throw unknownPart(ast.type);
}

const unknownPart = (what: string): PlaceError =>
  new PlaceError(
    `a formula may not hold ${what}; it may hold $, $scope.field, 'text', &, =, !=, ? : and ` +
      Object.keys(functions)
        .map((name) => `$${name}()`)
        .join(' '),
  );

function constant(value: unknown): Evaluate {
  const held: Value =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined;
  return () => held;
}

function variable(ast: Ast): Evaluate {
  if (ast.value === '') return (value) => value;
  if (ast.value === 'scope') return (_, scope) => scope;
  throw unknownPart(`$${String(ast.value)}`);
}

function pathValue(ast: Ast): Evaluate {
  const [head, ...rest] = ast.steps ?? [];
  const names = rest.map((step) => (step.type === 'name' ? String(step.value) : undefined));
  if (head?.type !== 'variable' || head.value !== 'scope' || names.includes(undefined)) {
    throw unknownPart('a path other than $scope.field');
  }
  return (_, scope) => {
    let found: unknown = scope;
    for (const name of names) found = own(found, name!);
    return typeof found === 'string' ? found : undefined;
  };
}

function binary(ast: Ast): Evaluate {
  const left = compile(ast.lhs!);
  const right = compile(ast.rhs!);
  switch (ast.value) {
    case '&':
      return (value, scope) =>
        (textOf(left(value, scope)) ?? '') + (textOf(right(value, scope)) ?? '');
    case '=':
      return (value, scope) => left(value, scope) === right(value, scope);
    case '!=':
      return (value, scope) => left(value, scope) !== right(value, scope);
  }
  throw unknownPart(`the operator ${String(ast.value)}`);
}

function choice(ast: Ast): Evaluate {
  const test = compile(ast.condition!);
  const then = compile(ast.then!);
  const otherwise = ast.else === undefined ? () => undefined : compile(ast.else);
  return (value, scope) => {
    const held = test(value, scope);
    return held === true || (typeof held === 'string' && held !== '')
      ? then(value, scope)
      : otherwise(value, scope);
  };
}

function call(ast: Ast): Evaluate {
  const name = String(ast.procedure?.value);
  const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (run === undefined) throw unknownPart(`$${name}()`);
  const given = (ast.arguments ?? []).map(compile);
  // Where the first argument is left out, JSONata takes the value itself.
  if (given.length < (argumentsMin[name] ?? 1)) given.unshift((value) => value);
  return (value, scope) => {
    const [first, ...rest] = given.map((each) => each(value, scope));
    return first === undefined ? undefined : run(String(first), ...rest);
  };
}

/** How many arguments must be there, where more than one. */
const argumentsMin: Readonly<Record<string, number>> = {
  contains: 2,
  substring: 2,
  substringBefore: 2,
  substringAfter: 2,
  replace: 3,
  pad: 2,
};

type TextFunction = (text: string, ...rest: Value[]) => Value;
const numberOf = (value: Value): number | undefined =>
  typeof value === 'number' ? value : undefined;
const padMax = 200;

/** JSONata's text functions, without patterns: those can take any time. */
const functions: Readonly<Record<string, TextFunction>> = {
  lowercase: (text) => text.toLowerCase(),
  uppercase: (text) => text.toUpperCase(),
  trim: (text) => text.replace(/[ \t\r\n]+/g, ' ').trim(),
  length: (text) => [...text].length,
  string: (text) => text,
  contains: (text, part) => text.includes(String(part ?? '')),
  substring: (text, from, length) => {
    const characters = [...text];
    const start = numberOf(from) ?? 0;
    const first = start < 0 ? Math.max(0, characters.length + start) : start;
    const count = numberOf(length);
    return characters.slice(first, count === undefined ? undefined : first + count).join('');
  },
  substringBefore: (text, sign) => {
    const at = text.indexOf(String(sign ?? ''));
    return at < 0 ? text : text.slice(0, at);
  },
  substringAfter: (text, sign) => {
    const at = text.indexOf(String(sign ?? ''));
    return at < 0 ? text : text.slice(at + String(sign ?? '').length);
  },
  replace: (text, what, by) =>
    what === undefined || what === ''
      ? text
      : text.replaceAll(String(what), () => String(by ?? '')),
  pad: (text, width, sign) => {
    const wanted = Math.min(padMax, Math.abs(numberOf(width) ?? 0));
    const fill = String(sign ?? ' ') || ' ';
    return (numberOf(width) ?? 0) < 0 ? text.padStart(wanted, fill) : text.padEnd(wanted, fill);
  },
};
