/** tradelane sample: valid messages made from the standard. */
import { typeOf } from '../hub/check.ts';
import { HubError } from '../model/errors.ts';
import { seededRandom } from '../model/random.ts';
import { sampleInterchange } from '../standards/sample/interchange.ts';
import { type Command, EXIT_GOOD, required, wholeNumber } from './command.ts';
import { workbench } from './workbench.ts';

const COUNT_MAX = 100_000;

export const sample: Command = {
  name: 'sample',
  summary: 'valid messages made from the standard',
  usage: `sample x12/004010/850|edifact/D96A/ORDERS [--seed N] [--count N] [--rich PERCENT]

Makes an interchange of messages that keep to their standard: structure, lengths, codes, relational
notes, dates. The values mean nothing. The same seed makes the same bytes. It is marked as a test.

  --seed N         another sample (1)
  --count N        so many messages in the interchange (1)
  --rich PERCENT   how much of what is optional is there: 0 only what is mandatory (25)
  --one-line       no line breaks between the segments`,
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    rich: { type: 'string' },
    'one-line': { type: 'boolean' },
  },
  run: async (invocation) => {
    const { terminal, values } = invocation;
    const key = required(invocation, 0, 'The message (x12/004010/850)');
    const bench = workbench(terminal);
    const type = typeOf(key);
    const found = type === undefined ? undefined : bench.setup().standards.find(type);
    const codec = bench.codecs.find(({ name }) => name === type?.standard);
    if (found === undefined || codec === undefined) {
      throw new HubError('not-found', `No standard has ${key}; write it like x12/004010/850.`);
    }
    if (found.insteadOf !== undefined) {
      terminal.err(`${found.insteadOf} is not installed: this is ${found.definition.key}.\n`);
    }
    const interchange = sampleInterchange(found.definition, {
      random: seededRandom(wholeNumber(invocation, 'seed', 1, 0xffffffff)),
      count: wholeNumber(invocation, 'count', 1, COUNT_MAX),
      richness: wholeNumber(invocation, 'rich', 25, 100) / 100,
      lineBreak: values['one-line'] === true ? '' : '\n',
    });
    await terminal.out(codec.encode(interchange));
    return EXIT_GOOD;
  },
};
