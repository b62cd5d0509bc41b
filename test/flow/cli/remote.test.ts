/** status, resend, cancel, replay and reload against a hub that runs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type App, startApp } from '../../../src/app.ts';
import { run } from '../../../src/cli/run.ts';
import {
  connectorFile,
  type HttpInstallation,
  makeHttpInstallation,
} from '../../support/http-installation.ts';
import { order850 } from '../../support/order-850.ts';

interface Told {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line and a running hub', function () {
  this.timeout(30_000);
  let installation: HttpInstallation;
  let app: App;

  before(async () => {
    installation = await makeHttpInstallation();
    app = await startApp({ root: installation.root, env: {}, port: 0, logLevel: 'silent' });
  });
  after(async () => {
    await app?.stop();
    installation?.remove();
  });

  async function tradelane(...words: string[]): Promise<Told> {
    let stdout = '';
    let stderr = '';
    const exit = await run(words, {
      stdin: (async function* () {})(),
      out: async (text) => {
        stdout += Buffer.from(text).toString('utf8');
      },
      err: (text) => {
        stderr += text;
      },
      isTerminal: false,
      env: {},
      root: installation.root,
    });
    return { exit, stdout, stderr };
  }

  /** Posts an order and returns its transfer once the walk has stood still. */
  async function post(control: number, sender = 'ACMERETAIL'): Promise<string> {
    const response = await fetch(new URL('/in/acme', app.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${installation.keys.acme}` },
      body: order850({ control, number: `PO-${control}`, sender }),
    });
    const { transfer } = (await response.json()) as { transfer: string };
    let state: string;
    do {
      await app.hub.idle();
      ({ state } = await app.operations.transfer(transfer));
    } while (state === 'received' || state === 'checked');
    return transfer;
  }

  const delivery = async (transfer: string, connector: string): Promise<string> => {
    for (;;) {
      await app.hub.idle();
      const { items } = await app.operations.deliveries({
        limit: 10,
        after: undefined,
        transfer,
        connector,
      });
      const [found] = items;
      if (found !== undefined && found.state !== 'sending' && found.attempts.length > 0)
        return found.id;
    }
  };

  it('finds the hub and its key in the folder, and shows where everything stands', async () => {
    await post(1);
    const { exit, stdout, stderr } = await tradelane('status');
    expect(stderr).to.equal('');
    expect(exit).to.equal(0);
    expect(stdout).to.match(/^transfers +1 released$/m);
    expect(stdout).to.match(/^ {2}acme +Acme Retail \(partner, live, receiving\)$/m);
  });

  it('status --json is the API’s own answer', async () => {
    const { stdout } = await tradelane('status', '--json');
    const told = JSON.parse(stdout) as { counts: object; connectors: object[] };
    expect(Object.keys(told)).to.deep.equal(['counts', 'connectors']);
    expect(told.connectors).to.have.length(2);
  });

  it('resends a delivery, and says what it cannot find', async () => {
    const id = await delivery(await post(2), 'acme');
    const { exit, stdout } = await tradelane('resend', id);
    expect(stdout).to.match(/^x12\/004010\/997 for acme goes out again; its state is \w+\.$/m);
    expect(exit).to.equal(0);
    const unknown = await tradelane('resend', '../../keys');
    expect(unknown.exit).to.equal(2);
    expect(unknown.stderr).to.equal('There is nothing under this address: that is no id.\n');
  });

  it('shows a quarantined transfer, takes the fix in, and replays it', async () => {
    const transfer = await post(3, 'STRANGER');
    expect((await tradelane('status')).stdout).to.match(
      new RegExp(`^ {2}${transfer} {2}from acme: .*STRANGER`, 'm'),
    );
    const file = connectorFile(installation.root, 'acme');
    const good = file.read();
    file.write(good.replace('ids: {', 'idz: {'));
    const refused = await tradelane('reload');
    expect(refused.exit).to.equal(1);
    expect(refused.stdout).to.match(/goes on as it was\.\nconnectors\/acme\.yaml:3 .*idz/);
    file.write(good.replace('ZZ:ACMERETAIL', 'ZZ:STRANGER'));
    expect(await tradelane('reload')).to.deep.include({
      exit: 0,
      stdout: 'Reloaded: 2 connectors.\n',
    });
    const { exit, stdout } = await tradelane('replay', transfer);
    expect(stdout).to.equal('The whole transfer is checked again.\n');
    expect(exit).to.equal(0);
    file.write(good);
    await tradelane('reload');
  });

  it('cancels a delivery that cannot leave', async () => {
    const file = connectorFile(installation.root, 'erp');
    const good = file.read();
    file.write(good.replace('data/erp/out', '/nowhere/tradelane'));
    await tradelane('reload');
    const id = await delivery(await post(4), 'erp');
    const { exit, stdout } = await tradelane('cancel', id);
    expect(stdout).to.equal('json/erp/order for erp is given up; its state is cancelled.\n');
    expect(exit).to.equal(0);
    expect((await tradelane('cancel', id)).exit).to.equal(0);
    file.write(good);
    await tradelane('reload');
  });

  it('with a key that may only read says so', async () => {
    const { exit, stderr } = await tradelane('reload', '--key', installation.keys.read);
    expect(exit).to.equal(2);
    expect(stderr).to.equal('The key "reader" has the role read; this needs admin.\n');
  });

  it('with a wrong key does not say the key back', async () => {
    const { exit, stderr } = await tradelane('status', '--key', 'tl_wrong-key');
    expect(exit).to.equal(2);
    expect(stderr).to.include('API key').and.not.include('tl_wrong-key');
  });

  it('tells when it is not a hub that answers', async () => {
    const other = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { exit, stderr } = await tradelane('status', '--url', url);
    other.close();
    expect(exit).to.equal(2);
    expect(stderr).to.equal(`What answers at ${url} is no Tradelane hub.\n`);
  });
});
