/** Checks located YAML against a settings schema; each fault names file, line and what to write. */
import { Ajv, type ErrorObject } from 'ajv';
import type { Static, TSchema } from 'typebox';
import type { ConfigFault } from './fault.ts';
import { ConfigFaults, type Located, plain, whereIs } from './located.ts';
import { nearestWord } from './nearest-word.ts';

// Scalars come as text (located.ts), so `8080` and `true` are coerced to what the schema wants.
const ajv = new Ajv({ allErrors: true, coerceTypes: true, verbose: true, strict: false });

/** Throws ConfigFaults. `at` names the block for people: `in`, or nothing for the whole file. */
export function checkSchema<S extends TSchema>(schema: S, located: Located, at = ''): Static<S> {
  const value = plain(located);
  const validate = ajv.compile(schema);
  if (validate(value)) return value as Static<S>;
  throw new ConfigFaults((validate.errors ?? []).map((error) => faultOf(error, located, at)));
}

interface FieldSchema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
}

function faultOf(error: ErrorObject, located: Located, at: string): ConfigFault {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const name = shownPath([...(at === '' ? [] : [at]), ...path]);
  const schema = (error.parentSchema ?? {}) as FieldSchema;
  const place = (steps: readonly string[]) => {
    const { file, line } = whereIs(located, steps);
    return { file, line };
  };
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params['additionalProperty']);
      return { ...place([...path, key]), ...unknownKey(key, name, schema) };
    }
    case 'required':
      return {
        ...place(path),
        ...missingKey(String(error.params['missingProperty']), name, schema),
      };
    case 'enum':
      return { ...place(path), ...wrongWord(error, name) };
    default:
      return { ...place(path), ...wrongValue(error, name, schema) };
  }
}

interface Words {
  readonly text: string;
  readonly fix: string;
}

function unknownKey(key: string, name: string, schema: FieldSchema): Words {
  const known = Object.keys(schema.properties ?? {});
  const meant = nearestWord(key, known);
  return {
    text: `"${cut(key)}" is no key ${name === '' ? 'here' : `of ${name}`}.`,
    fix: meant === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean "${meant}"?`,
  };
}

function missingKey(key: string, name: string, schema: FieldSchema): Words {
  const field = schema.properties?.[key];
  return {
    text: `${name === '' ? 'The file' : name} has no "${key}".`,
    fix: `Add "${key}: ${example(field) ?? '...'}".`,
  };
}

function wrongWord(error: ErrorObject, name: string): Words {
  const known = (error.params['allowedValues'] as readonly unknown[]).map(String);
  const meant = nearestWord(String(error.data), known);
  return {
    text: `${name} is "${cut(String(error.data))}", which is none of ${known.join(', ')}.`,
    fix: `Write ${meant ?? known.join(' or ')}.`,
  };
}

function wrongValue(error: ErrorObject, name: string, schema: FieldSchema): Words {
  const value = typeof error.data === 'string' ? ` "${cut(error.data)}"` : '';
  const shown = example(schema);
  const keys = Object.keys(schema.properties ?? {});
  if (schema.description === undefined && keys.length > 0) {
    const fix = `Write "key: value" with one or more of: ${keys.join(', ')}.`;
    return { text: `${name === '' ? 'The file' : name} ${wrongness(error)}.`, fix };
  }
  const hint = schema.description === undefined ? '' : `${schema.description} `;
  return {
    text: `${name === '' ? 'The file' : name}${value} ${wrongness(error)}.`,
    fix: `${hint}${shown === undefined ? '' : `For example: ${shown}`}`.trim(),
  };
}

/** What is wrong, in the words of people who write YAML, not JSON Schema. */
function wrongness({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'type') return wrongTypes[String(params['type'])] ?? 'is of the wrong kind';
  if (keyword === 'pattern') return 'is not as expected';
  if (keyword === 'minLength' || keyword === 'minProperties') return 'says nothing';
  if (keyword === 'maxLength') return `has more characters than ${params['limit']}`;
  if (keyword === 'minimum') return `is less than ${params['limit']}`;
  if (keyword === 'maximum') return `is more than ${params['limit']}`;
  return message ?? 'is wrong';
}

const wrongTypes: Readonly<Record<string, string>> = {
  integer: 'is no whole number',
  number: 'is no number',
  boolean: 'is neither true nor false',
  string: 'is no text',
  object: 'is not keys and values',
  array: 'is no list',
};

/** `inbound[2].message`: as people count. */
export const shownPath = (path: readonly string[]): string =>
  path
    .map((step) => (/^\d+$/.test(step) ? `[${Number(step) + 1}]` : `.${step}`))
    .join('')
    .slice(1);

function example(schema: FieldSchema | undefined): string | undefined {
  const first = schema?.examples?.[0];
  if (first === undefined) return undefined;
  return typeof first === 'object' ? JSON.stringify(first) : String(first);
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

const unescapePointer = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
