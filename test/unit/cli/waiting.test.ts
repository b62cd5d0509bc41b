import { expect } from 'chai';
import { waiting } from '../../../src/cli/waiting.ts';

const delivery = {
  id: 'D1',
  partner: 'acme',
  connector: 'acme',
  document: 'DOC',
  kind: 'document',
  attempts: [],
};
const message = { message: 'x12/004010/810', control: '0007' };
const answers: Readonly<Record<string, readonly object[]>> = {
  'answer=rejected': [
    { ...delivery, messages: [{ ...message, state: 'rejected', answer: 'R bad PO1' }] },
  ],
  'answer=overdue': [
    {
      ...delivery,
      messages: [
        { ...message, state: 'overdue', dueAt: '2026-03-02T14:00:00.000Z' },
        { ...message, state: 'accepted', control: '0008' },
      ],
    },
  ],
  'state=queued': [
    {
      ...delivery,
      connector: 'erp',
      text: '503 down',
      attempts: [{}, {}],
      nextAt: '2026-03-02T14:05:00.000Z',
    },
    { ...delivery, connector: 'erp' },
  ],
  'messages?state=held': [
    { transfer: 'T1', index: 0, message: 'x12/004010/850', state: 'held' },
    { transfer: 'T1', index: 1, message: 'x12/004010/850', state: 'held' },
  ],
  'findings?transfer=T1': [
    { severity: 'error', messageIndex: 0, at: '1', text: 'of the first try' },
    { severity: 'warning', messageIndex: 0, at: '2', text: 'a warning' },
    { severity: 'error', messageIndex: 0, at: '2', text: 'no unit' },
    { severity: 'error', messageIndex: 1, at: '2', text: 'of another' },
  ],
};

/** An API that has what is listed above, and nothing else. */
async function get<T>(path: string): Promise<T> {
  if (path === '/v1/documents/DOC') return { kind: 'invoice', number: 'INV-1' } as T;
  if (path === '/v1/transfers/T1') return { state: 'released', connector: 'acme' } as T;
  const known = Object.keys(answers).find((part) => path.includes(part));
  return { items: known === undefined ? [] : answers[known] } as T;
}

describe('what waits for a person', () => {
  it('is said with who, what, why and what to do', async () => {
    const text = await waiting(get, (id) => (id === 'acme' ? 'Acme Retail' : 'ERP'));
    expect(text).to.include(
      'D1  Acme Retail rejected invoice INV-1 (x12/004010/810, control number 0007): R bad PO1\n',
    );
    expect(text).to.include(
      'D1  Acme Retail has not acknowledged invoice INV-1 (x12/004010/810, control number 0007), due 2026-03-02 14:00 UTC\n',
    );
    expect(text).to.not.include('0008');
    expect(text).to.include(
      'ERP: 1 waiting (tried up to 2 times, next 2026-03-02 14:05 UTC): 503 down\n',
    );
    expect(text).to.include('T1  2 messages, first x12/004010/850 from acme, held: no unit\n');
  });

  it('is nothing where nothing waits', async () => {
    const nothing = async <T>(): Promise<T> => ({ items: [] }) as T;
    expect(await waiting(nothing, (id) => id)).to.equal('');
  });
});
