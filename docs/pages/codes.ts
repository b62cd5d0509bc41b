/** Every code the hub can say: findings about data, errors of the machine. */
import { codecFindings } from '../../src/model/catalogue/codec.ts';
import { envelopeFindings } from '../../src/model/catalogue/envelope.ts';
import { hubFindings } from '../../src/model/catalogue/hub.ts';
import { mappingFindings } from '../../src/model/catalogue/mapping.ts';
import { standardsFindings } from '../../src/model/catalogue/standards.ts';
import { errorCatalogue, type FindingKind } from '../../src/model/catalogue.ts';
import { code, page, table } from './markdown.ts';

const families: readonly (readonly [string, Readonly<Record<string, FindingKind>>])[] = [
  ['Bytes and trailers', codecFindings],
  ['What envelopes say', envelopeFindings],
  ['The standard', standardsFindings],
  ['Mappings', mappingFindings],
  ['Partners, agreements, deliveries', hubFindings],
];

export const codesPage = (): string =>
  page(
    'Codes',
    '`src/model/catalogue/`',
    'A **finding** is a fault or remark about data. It names its place and whose fault it is, and is ' +
      'shown by `tradelane validate` and `GET /v1/findings`. Severity and fault are the usual ones: a ' +
      "partner's agreement may change them. An error keeps a message from going on, a warning does not.",
    ...families.flatMap(([title, kinds]) => [`## ${title}`, findings(kinds)]),
    '## Errors',
    'An **error** says that something could not be done. In the API it is the `type` of the problem ' +
      '(`urn:tradelane:error:<code>`). *transient*: the same again later may work. *ambiguous*: it may ' +
      'have arrived; look before repeating. *permanent*: repeating cannot help.',
    errors(),
  );

const findings = (kinds: Readonly<Record<string, FindingKind>>): string =>
  table(
    ['Code', 'Severity', 'Fault', 'What it means, and what to do'],
    Object.entries(kinds).map(([name, { severity, fault, meaning }]) => [
      code(name),
      severity,
      fault,
      meaning,
    ]),
  );

const errors = (): string =>
  table(
    ['Code', 'HTTP', 'Again?', 'What it means'],
    Object.entries(errorCatalogue).map(([name, { status, retry, meaning }]) => [
      code(name),
      String(status),
      retry,
      meaning,
    ]),
  );
