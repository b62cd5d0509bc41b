/** tradelane guide: what a partner and we agreed on, as integration engineers read it. */
import { ourId } from '../hub/identity.ts';
import type { Setup } from '../hub/parts.ts';
import { usageOf } from '../mappings/usage.ts';
import type { Agreement, Connector } from '../model/connector.ts';
import type { InterchangeData } from '../model/envelope.ts';
import { isHubError } from '../model/errors.ts';
import { messageKey } from '../model/message.ts';
import { seededRandom } from '../model/random.ts';
import type { MessageDefinition } from '../standards/definition.ts';
import { guideSegments } from '../standards/guide/guide.ts';
import { guideHtml } from '../standards/guide/html.ts';
import { guideMarkdown } from '../standards/guide/markdown.ts';
import type { MessageGuide, PartnerGuide } from '../standards/guide/partner-guide.ts';
import { restrict } from '../standards/guide/restrict.ts';
import { guideRules, ruleUses } from '../standards/guide/rule-uses.ts';
import { type AgreedMessage, guideSchema } from '../standards/guide/schema.ts';
import type { SegmentUse } from '../standards/guide/use.ts';
import type { PartnerRule } from '../standards/rules/rule.ts';
import { sampleInterchange } from '../standards/sample/interchange.ts';
import { between } from './between.ts';
import { type Command, EXIT_GOOD, required, text, UsageError } from './command.ts';
import { asked, type Workbench, workbench } from './workbench.ts';

export const guide: Command = {
  name: 'guide',
  summary: "a partner's implementation guide, made of agreements and mappings",
  usage: `guide CONNECTOR [--format md|html|json|schema]

Prints what is agreed with a partner, message by message: the segments and elements that are used,
whether they are mandatory, their codes, where their values go, the partner's rules with their
conditions, and a made-up example. It is the standard, cut down to what the mapping and its overlay
use.

  --format F   md (Markdown, the usual), html (one page), json, or schema: a JSON Schema (2020-12)
               of X12 and EDIFACT messages as \`tradelane read --segments\` prints them`,
  options: { format: { type: 'string' } },
  run: async (invocation) => {
    const id = required(invocation, 0, 'CONNECTOR');
    const format = text(invocation, 'format') ?? 'md';
    const print = Object.hasOwn(formats, format) ? formats[format] : undefined;
    if (print === undefined) throw new UsageError(`There is no format "${format}".`);
    const bench = workbench(invocation.terminal);
    await invocation.terminal.out(print(bench, asked(bench, id) as Connector));
    return EXIT_GOOD;
  },
};

type Print = (bench: Workbench, connector: Connector) => string;

const asJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const formats: Readonly<Record<string, Print>> = {
  md: (bench, connector) => guideMarkdown(partnerGuide(bench, connector)),
  html: (bench, connector) => guideHtml(partnerGuide(bench, connector)),
  json: (bench, connector) => asJson(partnerGuide(bench, connector)),
  schema: (bench, connector) => asJson(partnerSchema(bench, connector)),
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
  const mapping = mappings.rules(agreement.mapping);
  const { segments, paths } = usageOf(mapping);
  const found = standards.find(mapping.message)?.definition;
  const uses = found === undefined ? [] : [...segments, ...ruleUses(mapping.rules, found.root)];
  return {
    key,
    title: [agreement.message.name, found?.name ?? ''].join(' ').trim(),
    direction: `${connector.name} ${direction} it`,
    facts: agreementFacts(agreement, key),
    segments: found === undefined ? [] : guideSegments(found, uses),
    rules: guideRules(mapping.rules),
    paths,
    example:
      found === undefined
        ? ''
        : example(bench, connector, { agreement, direction, rules: mapping.rules }, found, uses),
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

interface Exchanged {
  readonly agreement: Agreement;
  readonly direction: 'sends' | 'receives';
  readonly rules: readonly PartnerRule[];
}

/** A sample of what is used, in the envelope of the two; the same on every run. */
function example(
  bench: Workbench,
  connector: Connector,
  exchanged: Exchanged,
  definition: MessageDefinition,
  uses: readonly SegmentUse[],
): string {
  const codec = bench.codecs.find(({ name }) => name === definition.type.standard);
  const sample = sampleOf(restrict(definition, uses), exchanged.rules);
  if (sample === undefined) return '';
  const bytes = codec?.encode(between(bench.setup(), connector, exchanged, sample));
  return Buffer.from(bytes ?? [])
    .toString('latin1')
    .trimEnd();
}

/** Undefined where no message keeps all rules with what the mapping uses: the guide does without. */
function sampleOf(
  definition: MessageDefinition,
  rules: readonly PartnerRule[],
): InterchangeData | undefined {
  const random = seededRandom(1);
  const options = { random, richness: 0.7, segmentsMax: 40, lineBreak: '\n', rules };
  try {
    return sampleInterchange(definition, options);
  } catch (error) {
    if (isHubError(error) && error.code === 'config-invalid') return undefined;
    throw error;
  }
}

/** X12 and EDIFACT; trees have no dictionary. */
function partnerSchema(bench: Workbench, connector: Connector): object {
  const { standards, mappings, hub } = bench.setup();
  const agreements = [...connector.inbound, ...connector.outbound];
  const messages = agreements.flatMap(({ message, mapping }): AgreedMessage[] => {
    const { rules } = mappings.rules(mapping);
    const definition = standards.find(message)?.definition;
    if (definition === undefined) return [];
    const title = `${message.name} ${definition.name ?? ''}`.trim();
    return [{ key: messageKey(message), title, definition, rules }];
  });
  return guideSchema(`Implementation guide: ${connector.name} and ${hub.name}`, messages);
}
