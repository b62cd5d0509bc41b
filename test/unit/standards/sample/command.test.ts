/** tradelane sample: whole interchanges, the same for the same seed. */
import { expect } from 'chai';
import { checkFile } from '../../../support/check-file.ts';
import { runCommand } from '../../../support/command-line.ts';

describe('tradelane sample', () => {
  it('writes an X12 interchange of as many messages as asked for', async () => {
    const { code, out } = await runCommand('sample', 'x12/004010/856', '--count', '3');
    expect(code).to.equal(0);
    expect(out)
      .to.match(/^ISA\*00\*/)
      .and.match(/GE\*3\*1~\nIEA\*1\*000000001~\n$/);
    const messages = checkFile(Buffer.from(out, 'latin1'));
    expect(messages.map(({ control }) => control)).to.deep.equal(['0001', '0002', '0003']);
    expect(messages.flatMap(({ findings }) => findings)).to.deep.equal([]);
  });

  it('writes an EDIFACT interchange in syntax 3', async () => {
    const { out } = await runCommand('sample', 'edifact/D01B/INVOIC', '--seed', '7', '--one-line');
    expect(out)
      .to.match(/^UNA:\+\.\? 'UNB\+UNOC:3\+/)
      .and.match(/UNZ\+1\+1'$/);
    expect(checkFile(Buffer.from(out, 'latin1'))[0]?.findings).to.deep.equal([]);
  });

  it('gives the same bytes for the same seed, and only what is mandatory when asked', async () => {
    const [one, same, other, small] = await Promise.all([
      runCommand('sample', 'x12/004010/850'),
      runCommand('sample', 'x12/004010/850', '--seed', '1'),
      runCommand('sample', 'x12/004010/850', '--seed', '2'),
      runCommand('sample', 'x12/004010/850', '--rich', '0'),
    ]);
    expect(same.out).to.equal(one.out);
    expect(other.out).not.to.equal(one.out);
    expect(small.out.match(/^\w+/gm)?.join(' ')).to.equal('ISA GS ST BEG PO1 SE GE IEA');
  });

  it("keeps a partner's rules and has its ids", async () => {
    for (const seed of ['1', '2', '3']) {
      const words = ['--connector', 'acme', '--seed', seed, '--count', '4'];
      const { out } = await runCommand('sample', 'x12/004010/850', ...words);
      expect(out).to.contain('*ZZ*ACMERETAIL     *ZZ*TRADELANE ');
      const types = out.match(/(?<=^BEG\*\w{2}\*)\w+/gm) ?? [];
      expect(types).to.have.length(4);
      expect(['SA', 'NE', 'DS']).to.include.members(types);
    }
    const receives = await runCommand('sample', 'x12/004010/810', '--connector', 'acme');
    expect(receives.out).to.contain('*ZZ*TRADELANE      *ZZ*ACMERETAIL ');
    const none = await runCommand('sample', 'x12/004010/832', '--connector', 'acme');
    expect(none.err).to.contain('connectors/acme.yaml has no agreement on x12/004010/832');
  });

  it('says what it does not have, and which version stands in', async () => {
    expect((await runCommand('sample', 'x12/004010/XYZ')).err).to.contain('No standard has');
    expect((await runCommand('sample', 'x12/004010/850', '--seed', 'x')).code).to.equal(2);
    expect((await runCommand('sample', 'x12/004011/850')).err).to.contain('this is x12/004010/850');
  });
});
