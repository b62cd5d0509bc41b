/** How strictly a partner's messages are judged: a policy by name, or severities by finding code. */
import { tolerable } from '../model/catalogue/codec.ts';
import { envelopeFindings } from '../model/catalogue/envelope.ts';
import { readingCodes } from '../model/catalogue/mapping.ts';
import { standardsFindings } from '../model/catalogue/standards.ts';
import {
  defaultPolicy,
  lenientPolicy,
  type Severities,
  strictPolicy,
} from '../standards/policy.ts';
import type { FaultList } from './fault-list.ts';
import { nearestWord } from './nearest-word.ts';

const policies: Readonly<Record<string, Severities>> = {
  strict: strictPolicy.severities ?? {},
  standard: defaultPolicy.severities ?? {},
  lenient: lenientPolicy.severities ?? {},
};

/** What a policy may judge: the envelope, messages against their standard, and reading them. */
const judged: ReadonlySet<string> = new Set([
  ...tolerable,
  ...Object.keys(envelopeFindings),
  ...Object.keys(standardsFindings),
  ...readingCodes,
]);

const severities = ['error', 'warning', 'info', 'ignore'];

/** `strict`, or `{ policy: strict, element-code: warning }`. Faults name the wrong word. */
export function readTolerance(told: unknown, faults: FaultList): Severities {
  if (told === undefined) return {};
  const own = typeof told === 'string' ? { policy: told } : told;
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    faults.add(['tolerance'], 'This is no tolerance.', 'Write strict, standard, lenient or a map.');
    return {};
  }
  const { policy = 'standard', ...switches } = own as Record<string, string>;
  if (!Object.hasOwn(policies, policy)) {
    faults.add(
      ['tolerance'],
      `There is no policy "${policy}".`,
      'Write strict, standard or lenient.',
    );
  }
  for (const [code, severity] of Object.entries(switches)) checkSwitch(code, severity, faults);
  return { ...policies[policy], ...switches } as Severities;
}

function checkSwitch(code: string, severity: string, faults: FaultList): void {
  if (!judged.has(code)) {
    const meant = nearestWord(code, [...judged]);
    const fix = meant === undefined ? 'See docs/reference/codes.md.' : `Did you mean "${meant}"?`;
    faults.add(
      ['tolerance', code],
      `There is no finding "${code}" of the envelope, the standards check or the reading.`,
      fix,
    );
  }
  if (!severities.includes(severity)) {
    const fix = `Write ${severities.join(', ')}.`;
    faults.add(['tolerance', code], `"${String(severity)}" is no severity.`, fix);
  }
}
