/**
 * What is kept of each interchange, group and message until the verdict is small, but a transfer of
 * millions of them would fill the memory, and would do so again after each restart.
 */
import type { CodecEvent } from '../model/codec.ts';
import { HubError } from '../model/errors.ts';

const levels = {
  interchange: { name: 'interchanges', max: 10_000 },
  group: { name: 'groups', max: 20_000 },
  message: { name: 'messages', max: 200_000 },
} as const;
type Level = keyof typeof levels;

export class LevelLimit {
  readonly #counted: Record<Level, number> = { interchange: 0, group: 0, message: 0 };

  /** Throws HubError `too-large` at the first that is one too many. */
  count({ is }: CodecEvent): void {
    if (is !== 'interchange' && is !== 'group' && is !== 'message') return;
    this.#counted[is] += 1;
    const { name, max } = levels[is];
    if (this.#counted[is] <= max) return;
    const text = `It holds more than ${max} ${name}: ask its sender to send it in parts.`;
    throw new HubError('too-large', text, { details: { max } });
  }
}
