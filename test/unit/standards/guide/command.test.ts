/** tradelane guide: what is agreed with a partner, in three forms. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { PartnerGuide } from '../../../../src/standards/guide/partner-guide.ts';
import { checkFile } from '../../../support/check-file.ts';
import { runCommand, runCommandWith } from '../../../support/command-line.ts';

async function guideOf(connector: string): Promise<PartnerGuide> {
  return JSON.parse((await runCommand('guide', connector, '--format', 'json')).out);
}

describe('tradelane guide', () => {
  it('tells each message of each direction once, with who answers', async () => {
    const { partner, messages } = await guideOf('acme');
    expect(partner).to.equal('Acme Retail');
    expect(messages.map(({ key, direction }) => `${key} ${direction}`)).to.deep.equal([
      'x12/004010/850 Acme Retail sends it',
      'x12/004010/820 Acme Retail sends it',
      'x12/004010/855 Acme Retail receives it',
      'x12/004010/856 Acme Retail receives it',
      'x12/004010/810 Acme Retail receives it',
    ]);
    expect(messages[2]?.facts).to.deep.include(['To be answered with', '997 within 4 hours']);
  });

  it('has the rows of the standard that the mapping uses, as the overlay changes them', async () => {
    const [order] = (await guideOf('acme')).messages;
    const row = (tag: string) => order?.segments.find((it) => it.tag === tag);
    expect(row('BEG')).to.include({ position: '010', use: 'M', max: '1', loop: '' });
    expect(row('BEG')?.elements[2]).to.deep.include({
      ...{ reference: 'BEG03', id: '324', name: 'Purchase Order Number', use: 'M' },
      ...{ type: 'AN', length: '1/22', notes: ['number'] },
    });
    expect(row('DTM')?.notes).to.deep.equal(['required with DTM01 = 002']);
    expect(row('REF')?.elements[1]?.notes).to.include('REF01 = DP: department');
    expect(row('PO1')).to.include({ use: 'M', loop: '100000' });
    expect(row('ADV'), 'not used by the mapping').to.equal(undefined);
  });

  it("has the partner's rules: in a table of their own, and at each place they speak of", async () => {
    const [order] = (await guideOf('acme')).messages;
    expect(order?.rules).to.deep.include({
      ...{ when: 'BEG02 = DS', asks: ['N1(1=ST): required'], severity: 'error' },
      say: 'Drop-ship orders need a ship-to (guide p. 7)',
      line: order?.rules[1]?.line,
    });
    const row = (tag: string) => order?.segments.find((it) => it.tag === tag);
    expect(row('N1')?.notes).to.deep.equal([
      'required with N1(1=ST) and BEG02 = DS: Drop-ship orders need a ship-to (guide p. 7)',
    ]);
    const type = row('BEG')?.elements.find(({ reference }) => reference === 'BEG02');
    expect(type?.isClosed).to.equal(true);
    expect(type?.codes.map(({ code, meaning }) => `${code} ${meaning}`)).to.deep.equal([
      'SA standard',
      'NE new',
      'DS drop ship',
    ]);
    expect(row('PO1')?.elements.map(({ reference, use }) => reference + use)).to.include.members([
      'PO101R',
      'PO102R',
      'PO103O',
    ]);
    const { out } = await runCommand('guide', 'acme');
    expect(out).to.contain('| BEG02 = DS | N1(1=ST): required | Drop-ship orders need a ship-to');
  });

  it('is a JSON Schema of the messages that read --segments prints', async () => {
    const ajv = new Ajv2020({ strictRequired: false, strictTypes: false });
    for (const connector of ['acme', 'nordwind']) {
      const { out } = await runCommand('guide', connector, '--format', 'schema');
      const validate = ajv.compile(JSON.parse(out) as object);
      for (const { key, example } of (await guideOf(connector)).messages) {
        const printed = await runCommandWith(example, 'read', '-', '--segments', '--quiet');
        const message = JSON.parse(printed.out) as { message: string; segments: object };
        expect(message.message).to.equal(key);
        expect(validate(message), `${key}: ${ajv.errorsText(validate.errors)}`).to.equal(true);
        expect(validate({ ...message, segments: {} }), key).to.equal(false);
      }
    }
  });

  it('gives examples that are clean under our own reader', async () => {
    for (const connector of ['acme', 'nordwind']) {
      for (const { key, example } of (await guideOf(connector)).messages) {
        const [message] = checkFile(Buffer.from(example, 'latin1'));
        expect(message?.findings, key).to.deep.equal([]);
      }
    }
  });

  it('lists the paths of messages that are trees', async () => {
    const [order] = (await guideOf('globex')).messages;
    const path = 'cXML/Request/OrderRequest/OrderRequestHeader/@orderID';
    expect(order?.paths.find((it) => it.path === path)?.field).to.equal('number');
  });

  it('prints Markdown tables whose rows have as many cells as their heads', async () => {
    const { out, code } = await runCommand('guide', 'nordwind');
    expect(code).to.equal(0);
    expect(out).to.contain('| BGM | ').and.contain('### Example');
    const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    const lines = out.split('\n');
    lines.forEach((line, index) => {
      const before = lines[index - 1] ?? '';
      if (line.startsWith('|') && before.startsWith('|')) {
        expect(cells(line), line).to.equal(cells(before));
      }
    });
  });

  it('prints one HTML page with nothing unescaped', async () => {
    const { out } = await runCommand('guide', 'acme', '--format', 'html');
    expect(out)
      .to.match(/^<!doctype html>/)
      .and.match(/<\/html>\n$/);
    expect(out).to.contain('<td>&gt;1</td>').and.not.contain('<script');
    const open = out.match(/<(table|tr|td|h2|pre)\b/g)?.length;
    expect(out.match(/<\/(table|tr|td|h2|pre)>/g)?.length).to.equal(open);
  });

  it('refuses a connector or a format that is not there', async () => {
    expect((await runCommand('guide', 'nobody')).err).to.contain('There is no connector "nobody"');
    expect((await runCommand('guide', 'acme', '--format', 'pdf')).code).to.equal(2);
  });
});
