import { expect } from 'chai';
import type { FindingRow, Page } from '../../../src/model/rows.ts';
import { order850 } from '../../support/order-850.ts';
import { type RunningApp, runApp } from '../../support/running-app.ts';

const files = {
  'config/hub.yaml': ['us: { x12: ZZ:TRADELANE }'],
  'connectors/acme.yaml': [
    'ids: { x12: ZZ:ACMERETAIL, erp: C-1001 }',
    'in: { use: http, key: env:KEY_ACME }',
    'out: { use: directory, path: data/acme/out }',
    'inbound: [{ message: x12/004010/850 }]',
    'outbound: [{ message: x12/004010/855 }]',
  ],
  'connectors/erp.yaml': [
    'role: erp',
    'in: { use: http, key: env:KEY_ERP }',
    'inbound: [{ message: json/erp/orderResponse }]',
  ],
};

const response = (customerItem: string): string =>
  JSON.stringify({
    customer: 'C-1001',
    orderNumber: '4711',
    salesOrder: 'SO-1',
    responseDate: '2026-03-01',
    status: 'accepted',
    currency: 'USD',
    lines: [
      {
        line: '1',
        sku: 'TL-100',
        customerItem,
        quantity: '2',
        unit: 'EA',
        price: '10.50',
        status: 'accepted',
        shipDate: '2026-03-04',
      },
    ],
  });

describe('what is about to be sent', () => {
  let app: RunningApp;
  before(async () => {
    app = await runApp(files);
    await app.post('acme', order850({ control: 1, number: '4711' }));
    await app.settled();
  });
  after(() => app?.remove());

  const send = async (body: string): Promise<void> => {
    const headers = { 'tradelane-message': 'json/erp/orderResponse' };
    expect((await app.post('erp', body, headers)).status).to.equal(202);
    await app.settled();
  };
  const found = (code: string): Promise<Page<FindingRow>> =>
    app.operations.findings({ limit: 10, after: undefined, code });

  it('goes out when its standard takes it', async () => {
    await send(response('AC-1'));
    const { items } = await app.operations.deliveries({ limit: 10, after: undefined });
    expect(items.map(({ messageType }) => messageType)).to.deep.equal(['x12/004010/855']);
  });

  it('is held with the finding when its standard refuses it, and uses no control number', async () => {
    // TXI wants TXI02, TXI03 or TXI06 beside TXI01 (note R020306).
    app.write('mappings/partners/acme/855.yaml', [
      'extends: x12/004010/855',
      'body:',
      '  TXI: { 1: =ST }',
    ]);
    app.write('connectors/acme.yaml', [
      ...files['connectors/acme.yaml'].slice(0, -1),
      'outbound: [{ message: x12/004010/855, mapping: partners/acme/855 }]',
    ]);
    expect((await app.operations.reload()).faults).to.deep.equal([]);
    await send(response('AC-1'));
    const { items } = await app.operations.deliveries({ limit: 10, after: undefined });
    expect(items, 'only the first').to.have.length(1);
    const [held] = (await found('element-required-by-another')).items;
    expect(held?.text).to.match(/^x12\/004010\/855 for acme would not be valid: .*TXI/);
    expect(held?.fault).to.equal('mapping');
  });

  it("is held when the partner's rules refuse it, in the partner's words", async () => {
    app.write('mappings/partners/acme/855.yaml', [
      'extends: x12/004010/855',
      'rules:',
      '  - { if: BAK02 = AD, then: N1(1=ST), say: We file answers by store (p. 4) }',
    ]);
    expect((await app.operations.reload()).faults).to.deep.equal([]);
    await send(response('AC-1'));
    const { items } = await app.operations.deliveries({ limit: 10, after: undefined });
    expect(items, 'still only the first').to.have.length(1);
    const [held] = (await found('rule-segment-required-by-another')).items;
    expect(held?.text).to.match(/We file answers by store \(p\. 4\): N1\(1=ST\) is missing where/);
    expect(held?.fault).to.equal('mapping');
  });
});
