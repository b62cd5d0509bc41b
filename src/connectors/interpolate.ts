/** `${NAME}` and `${NAME:-default}` in texts that are no secrets. */
import type { ConfigFault } from './fault.ts';
import { ConfigFaults, type Located, mapTexts } from './located.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Throws ConfigFaults for a name that is not set and has no default. */
export function interpolate(located: Located, env: Env): Located {
  const faults: ConfigFault[] = [];
  const changed = mapTexts(located, (node) => {
    // A secret stays a reference; what it refers to is never put into a text.
    if (!node.text.includes('${') || /^(env|file):/.test(node.text)) return node;
    const text = node.text.replace(
      /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
      (whole, name: string, preset: string | undefined) => {
        const value = env[name] === undefined || env[name] === '' ? preset : env[name];
        if (value === undefined) faults.push(notSet(node.file, node.line, name));
        return value ?? whole;
      },
    );
    return { ...node, text };
  });
  if (faults.length > 0) throw new ConfigFaults(faults);
  return changed;
}

const notSet = (file: string, line: number, name: string): ConfigFault => ({
  file,
  line,
  text: `The environment variable ${name} is not set.`,
  fix: `Set it, or write a default: \${${name}:-value}.`,
});
