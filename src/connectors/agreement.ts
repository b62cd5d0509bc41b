/** Agreements as written, to agreements as the hub uses them. */
import { plainPolicy } from '../model/acknowledge-policy.ts';
import type { Agreement } from '../model/connector.ts';
import type { MessageType } from '../model/message.ts';
import { checkAcknowledgement, readAcknowledge } from './acknowledge.ts';
import type { InboundFile, OutboundFile } from './connector-schema.ts';
import { parseDuration, parseWithin } from './duration.ts';
import type { FaultList } from './fault-list.ts';

/** `standard/version/name`; undefined for what is no message key. */
export function parseMessageKey(key: string): MessageType | undefined {
  const form = /^([a-z][a-z0-9]{0,19})\/([A-Za-z0-9._-]{1,40})\/([A-Za-z0-9._-]{1,80})$/;
  const [, standard, version, name] = form.exec(key) ?? [];
  if (standard === undefined || version === undefined || name === undefined) return undefined;
  return { standard, version, name };
}

/** EDI and our own formats keep a mapping a version; the others have one for all versions. */
export function defaultMapping({ standard, version, name }: MessageType): string {
  const isOneForAll = standard === 'cxml' || standard === 'ubl' || standard === 'idoc';
  return isOneForAll ? `${standard}/${name}` : `${standard}/${version}/${name}`;
}

export function readInbound(
  file: InboundFile,
  path: readonly string[],
  faults: FaultList,
): Agreement | undefined {
  const shared = readShared(file, path, faults);
  if (shared === undefined) return undefined;
  const at = [...path, 'acknowledge'];
  const acknowledge = readAcknowledge(file.acknowledge, shared.message, at, faults);
  return { ...shared, acknowledge, expect: undefined, due: undefined };
}

export function readOutbound(
  file: OutboundFile,
  path: readonly string[],
  faults: FaultList,
): Agreement | undefined {
  const shared = readShared(file, path, faults);
  if (shared === undefined) return undefined;
  const expect = readExpect(file.expect, shared.message, [...path, 'expect'], faults);
  if (file.due !== undefined && !isDue(file.due)) {
    const text = `"${file.due}" does not say when it is due.`;
    faults.add([...path, 'due'], text, 'Write as "24h after order received".');
  }
  const { envelope } = file;
  return {
    ...{ ...shared, acknowledge: plainPolicy(undefined), expect, due: file.due },
    ...(envelope === undefined ? {} : { envelope }),
  };
}

type Shared = Omit<Agreement, 'acknowledge' | 'expect' | 'due'>;

function readShared(
  file: InboundFile | OutboundFile,
  path: readonly string[],
  faults: FaultList,
): Shared | undefined {
  const message = parseMessageKey(file.message);
  if (message === undefined) {
    const text = `"${file.message.slice(0, 80)}" names no message.`;
    faults.add([...path, 'message'], text, 'Write standard/version/name, as x12/004010/850.');
    return undefined;
  }
  return {
    message,
    mapping: file.mapping ?? defaultMapping(message),
    application: file.application,
    syntax: readSyntax(file.syntax),
    mode: file.mode as Agreement['mode'],
    values: file.values ?? {},
  };
}

/** In a plain YAML word `\n` is two characters; control characters are written so too. */
export const readSyntax = (syntax: InboundFile['syntax']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(syntax ?? {}).map(([name, value]) => [name, unescapeText(String(value))]),
  );

const unescapeText = (text: string): string =>
  text
    .replace(/\\x([0-9a-fA-F]{2})/g, (_whole, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll('\\r', '\r')
    .replaceAll('\\n', '\n');

function readExpect(
  expect: unknown,
  message: MessageType,
  path: readonly string[],
  faults: FaultList,
): Agreement['expect'] {
  if (expect === undefined || expect === 'none') return undefined;
  const entries = typeof expect === 'string' ? [[expect, '']] : Object.entries(expect ?? {});
  const [word, within] = entries[0] ?? [];
  if (typeof word !== 'string' || typeof within !== 'string' || entries.length !== 1) {
    faults.add(path, 'It does not say what is expected.', 'Write "997" or "{ 997: within 4h }".');
    return undefined;
  }
  checkAcknowledgement(word, message, path, faults);
  const withinSeconds = within === '' ? undefined : parseWithin(within);
  if (within !== '' && withinSeconds === undefined) {
    faults.add([...path, word], `"${within}" is no time.`, 'Write as "within 4h" or "within 30m".');
  }
  return { message: word, withinSeconds };
}

/** `24h after order received`. */
function isDue(due: string): boolean {
  const [, time] = /^(\S{1,20}) after [a-zA-Z]{1,40} (?:received|released|sent)$/.exec(due) ?? [];
  return time !== undefined && parseDuration(time) !== undefined;
}
