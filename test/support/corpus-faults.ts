/**
 * The fault words of the corpus's list, written by a plain parser, and the findings that name the
 * same fault. Words that are not known here throw, so that none is passed over.
 */
import type { Finding } from '../../src/model/finding.ts';

/** Whether one of the findings names the fault. */
export function saysFault(findings: readonly Finding[], fault: string): boolean {
  const rule = rules.find(({ words }) => words.test(fault));
  if (rule === undefined) throw new Error(`no rule knows the fault ${JSON.stringify(fault)}`);
  const [, tag = ''] = rule.words.exec(fault) ?? [];
  return findings.some((finding) => rule.isSaidBy(finding, tag));
}

interface Rule {
  /** What is captured is the tag that the fault is about. */
  readonly words: RegExp;
  readonly isSaidBy: (finding: Finding, tag: string) => boolean;
}

const isAt = ({ place }: Finding, tag: string): boolean =>
  place.tag === tag || place.path.endsWith(` / ${tag}`);

const rules: readonly Rule[] = [
  {
    words: /^(SE|GE|IEA|UNT|UNZ)(?:01)? count /,
    isSaidBy: (it, tag) => it.code === 'count-wrong' && isAt(it, tag),
  },
  {
    words: /^(SE|GE|IEA|UNT|UNZ)(?:02| ref) .*does not match/,
    isSaidBy: (it, tag) => it.code === 'control-differs' && isAt(it, tag),
  },
  {
    words: /^(SE|GE|IEA|UNT|UNZ) missing/,
    isSaidBy: (it, tag) =>
      (it.code === 'truncated' || it.code === 'trailer-missing') && isAt(it, tag),
  },
  { words: /^last segment .*not terminated/, isSaidBy: (it) => it.code === 'truncated' },
  { words: /^bad segment tag/, isSaidBy: (it) => it.code === 'segment-bad' },
  {
    words: /^(?:ISA not fixed width|segment terminator position of ISA|ST outside GS|no UNB)/,
    isSaidBy: (it) => it.code === 'envelope-damaged',
  },
  { words: /^UNZ without UNB/, isSaidBy: (it) => it.code === 'bytes-outside' },
];
