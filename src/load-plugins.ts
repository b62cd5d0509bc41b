/** Loads the plugins that config/hub.yaml names, from the installation's own node_modules. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Codec } from './model/codec.ts';
import { HubError } from './model/errors.ts';
import type { Transport } from './model/transport.ts';
import type { Plugin } from './plugin.ts';

export interface Plugged {
  readonly transports: readonly Transport[];
  readonly codecs: readonly Codec[];
}

/** Throws HubError `config-invalid` for a package that is not there or is no plugin. */
export async function loadPlugins(
  root: string,
  names: readonly string[],
  own: Plugged,
): Promise<Plugged> {
  const plugins = await Promise.all(names.map((name) => load(root, name)));
  const transports = [...own.transports, ...plugins.flatMap((one) => one.transports ?? [])];
  const codecs = [...own.codecs, ...plugins.flatMap((one) => one.codecs ?? [])];
  refuseTwice('transport', transports);
  refuseTwice('codec', codecs);
  return { transports, codecs };
}

async function load(root: string, name: string): Promise<Plugin> {
  const found = resolve(root, name);
  const module = (await import(pathToFileURL(found).href)) as { default?: Plugin };
  if (typeof module.default?.name === 'string') return module.default;
  throw refused(name, 'its default export is no plugin (see tradelane/plugin).');
}

function resolve(root: string, name: string): string {
  try {
    return createRequire(join(root, 'package.json')).resolve(name);
  } catch {
    throw refused(name, `it is not installed: npm install ${name}`);
  }
}

function refuseTwice(kind: string, all: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of all) {
    if (seen.has(name)) throw refused(name, `there is a ${kind} of this name already.`);
    seen.add(name);
  }
}

const refused = (name: string, why: string): HubError =>
  new HubError('config-invalid', `config/hub.yaml plugins: ${name}: ${why}`);
