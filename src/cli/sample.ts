/** tradelane sample: valid messages made from the standard. */
import { typeOf } from '../hub/check.ts';
import { agreementFor } from '../hub/identity.ts';
import type { Agreement, Connector } from '../model/connector.ts';
import { HubError } from '../model/errors.ts';
import { seededRandom } from '../model/random.ts';
import type { MessageDefinition } from '../standards/definition.ts';
import type { PartnerRule } from '../standards/rules/rule.ts';
import { sampleInterchange } from '../standards/sample/interchange.ts';
import { between } from './between.ts';
import { type Command, EXIT_GOOD, required, text, wholeNumber } from './command.ts';
import { asked, type Workbench, workbench } from './workbench.ts';

const COUNT_MAX = 100_000;

export const sample: Command = {
  name: 'sample',
  summary: 'valid messages made from the standard',
  usage: `sample x12/004010/850|edifact/D96A/ORDERS [--connector C] [--seed N] [--count N] [--rich PERCENT]

Makes an interchange of messages that keep to their standard: structure, lengths, codes, relational
notes, dates. The values mean nothing. The same seed makes the same bytes. It is marked as a test.

  --connector C    as agreed with this partner: messages keep its rules too, and have its ids
  --seed N         another sample (1)
  --count N        so many messages in the interchange (1)
  --rich PERCENT   how much of what is optional is there: 0 only what is mandatory (25)
  --one-line       no line breaks between the segments`,
  options: {
    connector: { type: 'string' },
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
    const connector = asked(bench, text(invocation, 'connector'));
    const agreed = connector && agreedOn(bench, connector, found.definition);
    const interchange = sampleInterchange(found.definition, {
      random: seededRandom(wholeNumber(invocation, 'seed', 1, 0xffffffff)),
      count: wholeNumber(invocation, 'count', 1, COUNT_MAX),
      richness: wholeNumber(invocation, 'rich', 25, 100) / 100,
      lineBreak: values['one-line'] === true ? '' : '\n',
      rules: agreed?.rules ?? [],
    });
    const addressed =
      connector && agreed ? between(bench.setup(), connector, agreed, interchange) : interchange;
    await terminal.out(codec.encode(addressed));
    return EXIT_GOOD;
  },
};

interface Agreed {
  readonly agreement: Agreement;
  readonly direction: 'sends' | 'receives';
  readonly rules: readonly PartnerRule[];
}

/** What they send comes before what they receive, where a message is agreed both ways. */
function agreedOn(
  bench: Workbench,
  connector: Connector,
  { type, key }: MessageDefinition,
): Agreed {
  const inbound = agreementFor(connector.inbound, type);
  const agreement = inbound ?? agreementFor(connector.outbound, type);
  if (agreement === undefined) {
    throw new HubError('not-found', `${connector.file} has no agreement on ${key}.`);
  }
  const { rules } = bench.setup().mappings.rules(agreement.mapping);
  return { agreement, direction: inbound === undefined ? 'receives' : 'sends', rules };
}
