/** docs/validate-json.md has every member that comes out, and none that cannot. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommandWith } from '../../support/command-line.ts';
import { order850 } from '../../support/order-850.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'validate-json.md'), 'utf8');

interface Row {
  readonly type: string;
  readonly isAlways: boolean;
}
const documented = new Map<string, Row>(
  [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(
    ([, member = '', type = '', there = '']) => [member, { type, isAlways: there === 'always' }],
  ),
);

const good = order850({ control: 7, number: 'PO-7' });
const files: Readonly<Record<string, string>> = {
  good,
  faulty: good.replace('*EA*', '*ZY*').replace('PO1*1*2*', 'PO1*1*many*').replace('GE*1', 'GE*2'),
  'very faulty': order850({ control: 8, number: 'PO-8', lines: 150 }).replaceAll('*EA*', '*EAEA*'),
  'no EDI': 'hello',
};

async function printed(text: string, ...options: readonly string[]): Promise<object> {
  const { out } = await runCommandWith(text, 'validate', '-', '--json', ...options);
  expect(out).to.match(/^\{.*\}\n$/);
  return JSON.parse(out) as object;
}

describe('what validate --json prints', () => {
  for (const [name, text] of Object.entries(files)) {
    it(`has only members that the page has, of their type, and all that are always there: ${name}`, async () => {
      for (const value of [await printed(text), await printed(text, '--ack')]) {
        expect(faultsOf(value, '')).to.deep.equal([]);
      }
    });
  }

  it('has the members of a finding, as the type has them', () => {
    const source = readFileSync(join(root, 'src', 'model', 'finding.ts'), 'utf8');
    const membersOf = (name: string): readonly string[] => {
      const [, body = ''] = new RegExp(`interface ${name} \\{(.*?)\\n\\}`, 's').exec(source) ?? [];
      return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member = '']) => member);
    };
    const typed = [
      ...membersOf('Finding').map((member) => `findings[].${member}`),
      ...membersOf('Place').map((member) => `findings[].place.${member}`),
    ];
    const told = [...documented.keys()].filter((member) => member.startsWith('findings[].'));
    expect(told.sort()).to.deep.equal(typed.sort());
  });

  it('counts what it does not list', async () => {
    const value = (await printed(files['very faulty'] ?? '')) as { more: number };
    expect(value.more).to.be.above(0);
  });
});

/** Members of an object that the page does not have, has otherwise, or misses. */
function faultsOf(value: object, prefix: string): readonly string[] {
  const faults = Object.entries(value).flatMap(([name, member]) =>
    memberFaults(`${prefix}${name}`, member),
  );
  const missing = [...documented].filter(
    ([member, { isAlways }]) =>
      isAlways &&
      member.startsWith(prefix) &&
      /^\w+$/.test(member.slice(prefix.length)) &&
      !Object.hasOwn(value, member.slice(prefix.length)),
  );
  return [...faults, ...missing.map(([member]) => `${member} is missing`)];
}

function memberFaults(member: string, value: unknown): readonly string[] {
  const row = documented.get(member);
  if (row === undefined) return [`${member} is not on the page`];
  const type = Array.isArray(value) ? 'list' : typeof value;
  const told = row.type.replace(/^list.*/, 'list').replace('text', 'string');
  if (type !== told) return [`${member} is a ${type}`];
  if (Array.isArray(value)) {
    return value.flatMap((item) =>
      typeof item === 'object' ? faultsOf(item as object, `${member}[].`) : [],
    );
  }
  const isPlace = member === 'findings[].because';
  const prefix = isPlace ? 'findings[].place.' : `${member}.`;
  return type === 'object' ? faultsOf(value as object, prefix) : [];
}
