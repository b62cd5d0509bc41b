import { expect } from 'chai';
import type { Document } from '../../../src/documents/document.ts';
import { named, route } from '../../../src/hub/route.ts';
import type { Connector } from '../../../src/model/connector.ts';
import { agreement, connector, setupOf } from '../../support/hub-setup.ts';

const acme = connector({
  id: 'acme',
  ids: { erp: 'C-1' },
  outbound: [agreement('x12/004010/855')],
});
const other = connector({ id: 'other', ids: { erp: 'C-2' } });
const erp = connector({ id: 'erp', role: 'erp', outbound: [agreement('json/erp/order')] });
const documents = { 'json/erp/order': ['order'], 'x12/004010/855': ['orderResponse'] };
const order = { document: 'order', number: '1' } as Document;
const response = {
  document: 'orderResponse',
  number: '1',
  parties: { buyer: { ids: { erp: 'C-1' } } },
} as unknown as Document;

const goesTo = (
  connectors: readonly Connector[],
  document: Document,
  from: Connector,
  more: { isTest?: boolean; routes?: Parameters<typeof setupOf>[1] } = {},
) => {
  const setup = setupOf(connectors, { documents, ...more.routes });
  const { destinations, findings } = route(setup, document, from, more.isTest ?? false);
  return [...destinations.map(({ partner }) => partner.id), ...findings.map(({ code }) => code)];
};

describe('route', () => {
  it("sends a partner's document to the ERP, and the ERP's to the partner it names", () => {
    expect(goesTo([acme, other, erp], order, acme)).to.deep.equal(['erp']);
    expect(goesTo([other, acme, erp], response, erp)).to.deep.equal(['acme']);
  });

  it('follows a rule before that', () => {
    const archive = connector({ id: 'archive', outbound: [agreement('json/erp/order')] });
    const routes = [{ when: { document: 'order', from: 'acme' }, to: 'archive' }] as never;
    expect(goesTo([acme, erp, archive], order, acme, { routes: { routes } })).to.deep.equal([
      'archive',
    ]);
  });

  it('says aloud that nothing matched', () => {
    expect(goesTo([acme], order, acme)).to.deep.equal(['no-route']);
    expect(goesTo([other, erp], response, erp)).to.deep.equal(['no-route']);
    expect(goesTo([connector({ id: 'erp', role: 'erp' })], order, acme)).to.deep.equal([
      'no-route',
    ]);
  });

  it('sends nothing that is declined, and calls it no fault', () => {
    const declining = { ...erp, declines: ['order'] };
    expect(goesTo([declining], order, acme)).to.deep.equal(['declined']);
  });

  it('sends test traffic to the test side only', () => {
    const isTest = true;
    expect(goesTo([erp], order, acme, { isTest })).to.deep.equal(['no-route']);
    expect(goesTo([{ ...erp, mode: 'test' }], order, acme, { isTest })).to.deep.equal(['erp']);
    const outbound = [agreement('json/erp/order', { mode: 'test' })];
    expect(goesTo([{ ...erp, outbound }], order, acme, { isTest })).to.deep.equal(['erp']);
    const live = [agreement('json/erp/order', { mode: 'live' })];
    const half: Connector = { ...erp, mode: 'test', outbound: live };
    expect(goesTo([half], order, acme, { isTest })).to.deep.equal(['no-route']);
  });
});

describe('named', () => {
  it('takes the buyer before the seller, by an id of any scheme', () => {
    const setup = setupOf([acme, connector({ id: 'gln', ids: { gln: '42' } }), erp]);
    const parties = {
      seller: { ids: { erp: 'C-1' } },
      buyer: { id: { scheme: 'gln', value: '42' } },
    };
    expect(named(setup, { ...order, parties } as unknown as Document)?.id).to.equal('gln');
    expect(named(setup, order)).to.equal(undefined);
  });
});
