/** Secrets are references, `env:NAME` or `file:path`; their values are never shown, nor kept for long. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Connector } from '../model/connector.ts';
import { HubError } from '../model/errors.ts';
import type { Env } from './interpolate.ts';

/** A file that is replaced counts from then on, or so much later. */
const KEPT_MS = 1000;

/** As `resolveSecret`, for a hub that asks several times for each message. */
export function secretResolver(
  root: string,
  env: Env,
  monotonic: () => number,
): (reference: string) => string {
  const kept = new Map<string, { readonly secret: string; readonly at: number }>();
  return (reference) => {
    const known = kept.get(reference);
    if (known !== undefined && monotonic() - known.at < KEPT_MS) return known.secret;
    const secret = resolveSecret(reference, root, env);
    kept.set(reference, { secret, at: monotonic() });
    return secret;
  };
}

/** A relative path is below the installation. Throws HubError `secret-missing`. */
export function resolveSecret(reference: string, root: string, env: Env = process.env): string {
  const colon = reference.indexOf(':');
  const [kind, name] = [reference.slice(0, colon), reference.slice(colon + 1)];
  if (kind === 'env') return present(env[name], `the environment variable ${name}`);
  if (kind === 'file') return present(readSecret(pathIn(root, name)), `the file ${name}`);
  throw new HubError('secret-missing', 'A secret is written as env:NAME or file:path.');
}

function present(value: string | undefined, where: string): string {
  if (value !== undefined && value !== '') return value;
  throw new HubError(
    'secret-missing',
    `A secret is to be in ${where}, and there is none. Put it there.`,
  );
}

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

const pathIn = (root: string, path: string): string => (isAbsolute(path) ? path : join(root, path));

/** Every `file:` secret that the connectors refer to. */
export function fileSecrets(connectors: readonly Connector[]): readonly string[] {
  const texts = connectors.flatMap((one) => [
    ...textsIn(one.in?.settings),
    ...textsIn(one.out?.settings),
  ]);
  const paths = texts.filter((text) => text.startsWith('file:')).map((text) => text.slice(5));
  return [...new Set(paths)];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * Makes the keys below data/keys that are not there yet: 32 random bytes as hex, for the owner
 * alone. Returns the paths made, below the installation. Never touches one that is there.
 */
export function createMissingKeys(installation: {
  readonly root: string;
  readonly connectors: readonly Connector[];
}): readonly string[] {
  const { root, connectors } = installation;
  const keys = join(root, 'data', 'keys');
  return fileSecrets(connectors).filter((path) => {
    const below = relative(keys, pathIn(root, path));
    if (below === '' || below.startsWith('..') || isAbsolute(below)) return false;
    return createKey(pathIn(root, path));
  });
}

/** It appears whole or not at all, and only if nothing stands there: linked from a hidden name. */
function createKey(path: string): boolean {
  if (readSecret(path) !== undefined) return false;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(handle);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    closeSync(handle);
    unlinkSync(temporary);
  }
}
