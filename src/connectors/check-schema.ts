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
  const name = [...(at === '' ? [] : [at]), ...path].join('.');
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
  const hint = schema.description === undefined ? '' : `${schema.description} `;
  return {
    text: `${name === '' ? 'The file' : name}${value} ${error.message ?? 'is wrong'}.`,
    fix: `${hint}${shown === undefined ? '' : `For example: ${shown}`}`.trim(),
  };
}

function example(schema: FieldSchema | undefined): string | undefined {
  const first = schema?.examples?.[0];
  if (first === undefined) return undefined;
  return typeof first === 'object' ? JSON.stringify(first) : String(first);
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

const unescapePointer = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
