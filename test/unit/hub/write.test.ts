import { expect } from 'chai';
import { planDelivery, type WritingParts } from '../../../src/hub/write.ts';
import type { Codec } from '../../../src/model/codec.ts';
import type { InterchangeData } from '../../../src/model/envelope.ts';
import { isHubError } from '../../../src/model/errors.ts';
import { agreement, connector, setupOf } from '../../support/hub-setup.ts';

const acme = connector({
  id: 'acme',
  ids: { x12: 'ZZ:ACME', edifact: '14:ACME', json: 'x' },
  out: { use: 'directory', settings: {} },
});
const behind = connector({ id: 'behind', ids: { x12: 'ZZ:B' }, via: 'van' });
const van = connector({ id: 'van', out: { use: 'http', settings: {} }, order: 'serial' });

const written: InterchangeData[] = [];
const codec = (name: string, encode?: () => never): Codec =>
  ({
    name,
    contentType: `application/${name}`,
    extension: `.${name}`,
    encode: (interchange: InterchangeData) => {
      encode?.();
      written.push(interchange);
      return new Uint8Array([1]);
    },
  }) as unknown as Codec;

const parts: WritingParts = {
  setup: () => setupOf([acme, behind, van], { us: { x12: 'ZZ:US', edifact: '14:US' } }),
  codecs: ['x12', 'edifact', 'json'].map((name) => codec(name)),
  clock: { now: () => '2026-03-01T12:00:00.000Z', monotonic: () => 0 },
  secret: () => 'secret',
};
const plan = (key: string, own: Partial<Parameters<typeof planDelivery>[1]> = {}, from = parts) =>
  planDelivery(from, {
    id: 'D1',
    partner: acme,
    type: agreement(key).message,
    content: { form: 'segments', segments: [] },
    kind: 'document',
    isTest: false,
    agreement: undefined,
    like: undefined,
    document: undefined,
    transfer: undefined,
    reply: false,
    ...own,
  });

describe('planDelivery', () => {
  it('takes three numbers for X12, two for EDIFACT, none for others', () => {
    const levels = (key: string) => plan(key).numbers.map(({ level }) => level);
    expect(levels('x12/004010/810')).to.deep.equal(['interchange', 'group', 'message']);
    expect(levels('edifact/D96A/INVOIC')).to.deep.equal(['interchange', 'message']);
    expect(levels('json/erp/order')).to.deep.equal([]);
  });

  it('takes one number for a TA1, and one more for each further message of a group', () => {
    const levels = (key: string, others = 0) =>
      plan(key, { others: Array(others).fill({ form: 'segments', segments: [] }) }).numbers.map(
        ({ level }) => level,
      );
    expect(levels('x12/004010/TA1')).to.deep.equal(['interchange']);
    const all = ['interchange', 'group', 'message', 'message', 'message'];
    expect(levels('x12/004010/997', 2)).to.deep.equal(all);
  });

  it('numbers a TA1 by its interchange alone, and each message of a group for itself', () => {
    const none = { form: 'segments', segments: [] } as const;
    const ta1 = plan('x12/004010/TA1').write([7]).messages;
    expect(
      ta1.map(({ interchange, group, control }) => [interchange, group, control]),
    ).to.deep.equal([['7', undefined, '']]);
    const { messages } = plan('x12/004010/997', { others: [none] }).write([7, 8, 9, 10]);
    expect(
      messages.map(({ interchange, group, control }) => [interchange, group, control]),
    ).to.deep.equal([
      ['7', '8', '0009'],
      ['7', '8', '0010'],
    ]);
  });

  it('counts test and live traffic, and each pair of ids, for itself', () => {
    const [number] = plan('x12/004010/810', { isTest: true }).numbers;
    expect(number).to.deep.equal({
      standard: 'x12',
      us: 'ZZ:US',
      them: 'ZZ:ACME',
      isTest: true,
      level: 'interchange',
      max: 999_999_999,
    });
  });

  it('goes by the network that carries the partner, in its order', () => {
    const planned = plan('x12/004010/810', { partner: behind });
    expect(planned).to.include({
      partner: 'behind',
      connector: 'van',
      transport: 'http',
      serial: true,
    });
  });

  it('names the file by our own ids and numbers only', () => {
    const type = { standard: 'x12', version: '004010', name: '../8*1 0' };
    const named = plan('x12/004010/810', { type }).write([7, 8, 9]).fileName;
    expect(named).to.equal('acme-810-000000007-D1.x12');
    expect(plan('json/erp/order').write([]).fileName).to.equal('acme-order-D1.json');
  });

  it('puts the numbers where the standard has them', () => {
    plan('x12/004010/810').write([7, 8, 9]);
    const [group] = written.at(-1)?.groups ?? [];
    expect(written.at(-1)?.control).to.equal('7');
    expect([group?.control, group?.messages[0]?.control]).to.deep.equal(['8', '0009']);
    plan('edifact/D96A/INVOIC').write([7, 9]);
    expect(written.at(-1)?.groups[0]?.messages[0]?.control).to.equal('0009');
  });

  it('numbers groups of EDIFACT where they are agreed, and puts the terms into the envelope', () => {
    const envelope = { groups: true, requestAcknowledgement: true, applicationReference: 'INVOIC' };
    const grouped = agreement('edifact/D96A/INVOIC', { envelope });
    const planned = plan('edifact/D96A/INVOIC', { agreement: grouped });
    expect(planned.numbers.map(({ level }) => level)).to.deep.equal([
      'interchange',
      'group',
      'message',
    ]);
    const [message] = planned.write([7, 8, 9]).messages;
    expect(message).to.include({ interchange: '7', group: '8', control: '0009' });
    expect(written.at(-1)).to.deep.include({ terms: envelope, wantsAcknowledgement: true });
    expect(written.at(-1)?.groups[0]).to.include({
      ...{ control: '8', sender: 'US', senderQualifier: '14', receiver: 'ACME' },
    });
  });

  it('takes application ids of EDIFACT groups with their qualifiers', () => {
    const application = { us: 'ZZ:BILLING', them: 'PAYABLES' };
    const grouped = agreement('edifact/D96A/INVOIC', { envelope: { groups: true }, application });
    plan('edifact/D96A/INVOIC', { agreement: grouped }).write([7, 8, 9]);
    expect(written.at(-1)?.groups[0]).to.include({
      ...{ sender: 'BILLING', senderQualifier: 'ZZ', receiver: 'PAYABLES', receiverQualifier: '' },
    });
  });

  it('expects an answer to a document as agreed, never to an acknowledgement', () => {
    const expecting = agreement('x12/004010/810', {
      expect: { message: '997', withinSeconds: 3600 },
    });
    const message = plan('x12/004010/810', { agreement: expecting }).write([1, 1, 1]).messages[0];
    expect(message).to.include({ state: 'awaited', dueAt: '2026-03-01T13:00:00.000Z' });
    const kind = 'acknowledgement';
    const answer = plan('x12/004010/997', { agreement: expecting, kind }).write([1, 1, 1]);
    expect(answer.messages[0]).to.include({ state: 'none', dueAt: undefined });
  });

  it('fails for good where the codec itself fails, so that it is not tried for ever', () => {
    const broken = codec('x12', () => {
      throw new TypeError('no such thing');
    });
    const { write } = plan('x12/004010/810', {}, { ...parts, codecs: [broken] });
    expect(() => write([1, 1, 1])).to.throw('The hub itself failed on this: no such thing.');
    try {
      write([1, 1, 1]);
    } catch (error) {
      expect(isHubError(error) && error.retry).to.equal('permanent');
    }
  });

  it('says whose id is missing', () => {
    const nameless = connector({ id: 'nameless' });
    expect(() => plan('x12/004010/810', { partner: nameless })).to.throw(
      'connectors/nameless.yaml "ids:" names no x12 id',
    );
  });
});
