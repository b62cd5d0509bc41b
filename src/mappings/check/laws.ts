/**
 * The laws of a mapping, asked of one document:
 * L1 read(write(d)) = fill(d) for a d that can be written whole;
 * L3 what is not written is listed as lost: read(write(d)) = fill(d less what is listed);
 * L2 write(read(m)) = N(m less what is unmapped), with m the message that was just written.
 */
import type { Document } from '../../documents/document.ts';
import { isHubError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { ContentData } from '../../model/message.ts';
import type { Standards } from '../../standards/definition.ts';
import type { Entry } from '../compile/fields.ts';
import type { Mapping, MappingContext } from '../mapping.ts';
import type { BoundMapping } from '../model.ts';
import { differences } from './compare.ts';
import { fillDocument } from './fill-document.ts';
import { looseLists } from './loose-lists.ts';
import { type Normalizations, normalizedDifference } from './normalize.ts';
import { perturb } from './perturb.ts';
import { stepsOf, without } from './shrink.ts';
import { throughBytes } from './through-bytes.ts';

export interface Subject {
  readonly mapping: Mapping;
  readonly bound: BoundMapping;
  readonly standards: Standards;
}

export interface Judged {
  /** `refused`: the mapping said itself that the document is out of its domain. */
  readonly verdict: 'kept' | 'refused' | 'broken';
  readonly law: 'L1' | 'L2' | 'L3' | undefined;
  /** What differs, or the codes that refused it. */
  readonly text: string;
  readonly codes: readonly string[];
  readonly lost: readonly string[];
  readonly normalizations: Normalizations;
}

/** Everything that is the same for each document of a check. */
const context: MappingContext = { now: '2026-01-02T03:04:05.000Z', zone: 'UTC' };

export function judge(subject: Subject, document: Entry): Judged {
  const { mapping } = subject;
  const written = mapping.write(document as unknown as Document, context);
  const errors = written.findings.filter(({ severity }) => severity === 'error');
  const codes = [...new Set(errors.map(({ code }) => code))];
  const lost = written.findings
    .filter(({ code }) => code === 'lost')
    .map(({ place }) => place.path);
  if (errors.length > 0) return verdictOf('refused', undefined, errors[0]!.text, codes, lost);
  try {
    return reread(subject, document, written.content, lost);
  } catch (error) {
    if (!isHubError(error) || error.code !== 'cannot-encode') throw error;
    return verdictOf('refused', undefined, error.message, [error.code], lost);
  }
}

function verdictOf(
  verdict: Judged['verdict'],
  law: Judged['law'],
  text: string,
  codes: readonly string[],
  lost: readonly string[],
): Judged {
  return { verdict, law, text, codes, lost, normalizations: {} };
}

function reread(
  subject: Subject,
  document: Entry,
  content: ContentData,
  lost: readonly string[],
): Judged {
  const { mapping, bound, standards } = subject;
  const back = throughBytes(content, bound.message, standards, ({ message, checked }) =>
    mapping.read(message, checked?.root, context),
  );
  const wanted = fillDocument(bound, lessLost(document, lost), context);
  const [difference] = differences(wanted, back.document, bound.document, looseListsOf(bound));
  if (difference !== undefined) {
    const { path, wanted: had, found } = difference;
    const text = `${path}: ${shown(had)} came back as ${shown(found)}${hint(back.findings)}`;
    return verdictOf('broken', lost.length > 0 ? 'L3' : 'L1', text, [], lost);
  }
  return writtenAgain(subject, content, back.document, lost);
}

/** L2: what was read is written as the same message, and so is the message said in another way. */
function writtenAgain(
  subject: Subject,
  content: ContentData,
  document: Document,
  lost: readonly string[],
): Judged {
  const { mapping, bound, standards } = subject;
  const again = mapping.write(document, context);
  const compared = normalizedDifference(content, again.content);
  if (compared.difference !== undefined) {
    return verdictOf('broken', 'L2', compared.difference, [], lost);
  }
  const kept = { ...verdictOf('kept', undefined, '', [], lost), ...compared };
  if (content.form !== 'segments') return kept;
  const { segments, normalizations } = perturb(bound, content.segments);
  const other = throughBytes({ form: 'segments', segments }, bound.message, standards, (said) =>
    mapping.read(said.message, said.checked?.root, context),
  );
  const [difference] = differences(document, other.document, bound.document, looseListsOf(bound));
  if (difference === undefined) {
    return { ...kept, normalizations: { ...compared.normalizations, ...normalizations } };
  }
  const text = `${difference.path}: ${shown(difference.wanted)} became ${shown(difference.found)}`;
  return verdictOf('broken', 'L2', `${text}, said in another way`, [], lost);
}

const loose = new WeakMap<BoundMapping, ReadonlySet<string>>();

function looseListsOf(bound: BoundMapping): ReadonlySet<string> {
  const known = loose.get(bound) ?? looseLists(bound);
  loose.set(bound, known);
  return known;
}

/** Takes away what was listed as lost, last entries first so that the places before stay true. */
function lessLost(document: Entry, lost: readonly string[]): Entry {
  return lost
    .toReversed()
    .reduce((rest, path) => without(rest, stepsOf(path)) ?? rest, structuredClone(document));
}

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);

const hint = (findings: readonly Finding[]): string =>
  findings[0] === undefined ? '' : ` (${findings[0].code}: ${findings[0].text})`;
