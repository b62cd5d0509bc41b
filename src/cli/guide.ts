/** tradelane guide: what a partner and we agreed on, as integration engineers read it. */
import { ourId } from '../hub/identity.ts';
import type { Setup } from '../hub/parts.ts';
import { usageOf } from '../mappings/usage.ts';
import type { Agreement, Connector } from '../model/connector.ts';
import { messageKey } from '../model/message.ts';
import { seededRandom } from '../model/random.ts';
import type { MessageDefinition } from '../standards/definition.ts';
import { guideSegments } from '../standards/guide/guide.ts';
import { guideHtml } from '../standards/guide/html.ts';
import { guideMarkdown } from '../standards/guide/markdown.ts';
import type { MessageGuide, PartnerGuide } from '../standards/guide/partner-guide.ts';
import { restrict } from '../standards/guide/restrict.ts';
import type { SegmentUse } from '../standards/guide/use.ts';
import { sampleInterchange } from '../standards/sample/interchange.ts';
import { between } from './between.ts';
import { type Command, EXIT_GOOD, required, text, UsageError } from './command.ts';
import { asked, type Workbench, workbench } from './workbench.ts';

export const guide: Command = {
  name: 'guide',
  summary: "a partner's implementation guide, made of agreements and mappings",
  usage: `guide CONNECTOR [--format md|html|json]

Prints what is agreed with a partner, message by message: the segments and elements that are used,
whether they are mandatory, their codes, where their values go, and a made-up example. It is the
standard, cut down to what the mapping and its overlay use.

  --format F   md (Markdown, the usual), html (one page), json`,
  options: { format: { type: 'string' } },
  run: async (invocation) => {
    const id = required(invocation, 0, 'CONNECTOR');
    const format = text(invocation, 'format') ?? 'md';
    const print = formats[format];
    if (print === undefined) throw new UsageError(`There is no format "${format}".`);
    const bench = workbench(invocation.terminal);
    const connector = asked(bench, id) as Connector;
    await invocation.terminal.out(print(partnerGuide(bench, connector)));
    return EXIT_GOOD;
  },
};

const formats: Readonly<Record<string, (guide: PartnerGuide) => string>> = {
  md: guideMarkdown,
  html: guideHtml,
  json: (it) => `${JSON.stringify(it, null, 2)}\n`,
};

function partnerGuide(bench: Workbench, connector: Connector): PartnerGuide {
  const setup = bench.setup();
  const { inbound, outbound, name, zone } = connector;
  const us = setup.hub.name;
  const ids = Object.entries(connector.ids).map(([scheme, id]) => `${scheme} ${id}`);
  const guideOf = (direction: 'sends' | 'receives') => (agreement: Agreement) =>
    messageGuide(bench, connector, agreement, direction);
  return {
    partner: name,
    us,
    facts: [
      [`Ids of ${name}`, ids.join(', ')],
      [`Ids of ${us}`, ourIds(setup, connector)],
      ['Times without a zone are of', zone],
      ['Traffic', connector.mode],
    ],
    messages: [...inbound.map(guideOf('sends')), ...outbound.map(guideOf('receives'))],
  };
}

function ourIds(setup: Setup, connector: Connector): string {
  const schemes = new Set([...Object.keys(setup.hub.us), ...Object.keys(connector.us)]);
  return [...schemes].map((it) => `${it} ${ourId(setup, connector, it) ?? ''}`).join(', ');
}

function messageGuide(
  bench: Workbench,
  connector: Connector,
  agreement: Agreement,
  direction: 'sends' | 'receives',
): MessageGuide {
  const { standards, mappings } = bench.setup();
  const key = messageKey(agreement.message);
  const { segments, paths } = usageOf(mappings.rules(agreement.mapping));
  const found = standards.find(mappings.rules(agreement.mapping).message)?.definition;
  return {
    key,
    title: [agreement.message.name, found?.name ?? ''].join(' ').trim(),
    direction: `${connector.name} ${direction} it`,
    facts: agreementFacts(agreement, key),
    segments: found === undefined ? [] : guideSegments(found, segments),
    paths,
    example:
      found === undefined ? '' : example(bench, connector, agreement, found, segments, direction),
  };
}

function agreementFacts(
  { acknowledge, expect, due, mapping }: Agreement,
  key: string,
): MessageGuide['facts'] {
  const within =
    expect?.withinSeconds === undefined ? '' : ` within ${expect.withinSeconds / 3600} hours`;
  const facts: (readonly [string, string])[] = [
    ['Message', key],
    ['Answered by us with', answerFact(acknowledge)],
    ['To be answered with', expect === undefined ? '' : `${expect.message}${within}`],
    ['Due', due ?? ''],
    ['Mapping', `mappings/${mapping}.yaml`],
  ];
  return facts.filter(([, value]) => value !== '');
}

function answerFact(policy: Agreement['acknowledge']): string {
  const when = { always: '', onError: ', where something is wrong', asked: ', where asked for' };
  return policy.with === undefined ? '' : `${policy.with}${when[policy.when]}`;
}

/** A sample of what is used, in the envelope of the two; the same on every run. */
function example(
  bench: Workbench,
  connector: Connector,
  agreement: Agreement,
  definition: MessageDefinition,
  uses: readonly SegmentUse[],
  direction: 'sends' | 'receives',
): string {
  const { standard } = definition.type;
  const codec = bench.codecs.find(({ name }) => name === standard);
  const random = seededRandom(1);
  const sample = sampleInterchange(restrict(definition, uses), {
    ...{ random, richness: 0.7, segmentsMax: 40, lineBreak: '\n' },
  });
  const bytes = codec?.encode(between(bench.setup(), connector, { agreement, direction }, sample));
  return Buffer.from(bytes ?? [])
    .toString('latin1')
    .trimEnd();
}
