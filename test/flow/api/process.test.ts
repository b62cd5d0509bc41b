/** The hub as a process: hostile bodies, what it writes to its log, and how it stops. */
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import { type HttpInstallation, makeHttpInstallation } from '../../support/http-installation.ts';
import { type HubProcess, startHubProcess } from '../../support/hub-process.ts';
import { order850 } from '../../support/order-850.ts';

const MB = 2 ** 20;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

describe('the hub as a process', function () {
  this.timeout(30_000);
  let installation: HttpInstallation;
  let hub: HubProcess;
  const told: string[] = [];

  before(async () => {
    installation = await makeHttpInstallation();
    hub = await startHubProcess({
      root: installation.root,
      words: ['serve', '--port', '0', '--json', '--log', 'debug'],
    });
  });
  after(async () => {
    await hub?.kill('SIGKILL');
    installation?.remove();
  });

  const open = (path: string, headers: Record<string, string>, agent?: Agent): ClientRequest =>
    request(new URL(path, hub.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${installation.keys.acme}`, ...headers },
      ...(agent === undefined ? {} : { agent }),
    });

  /** The answer, also where the hub ends the connection before the whole body was sent. */
  async function answerTo(sent: ClientRequest): Promise<Answer> {
    sent.on('error', () => undefined);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    told.push(text);
    return { status: response.statusCode ?? 0, text, headers: response.headers };
  }

  it('names its pid at /health and what receives at /ready', async () => {
    const health = (await (await fetch(new URL('/health', hub.url))).json()) as object;
    expect(health).to.include({ status: 'ok', pid: hub.process.pid });
    const ready = (await (await fetch(new URL('/ready', hub.url))).json()) as object;
    expect(ready).to.deep.equal({ status: 'ready', receiving: ['acme', 'erp'] });
  });

  it('refuses a body of 300 MB by its length, before it is sent', async () => {
    const sent = open('/in/acme', { 'content-length': String(300 * MB) });
    sent.flushHeaders();
    const { status, text } = await answerTo(sent);
    sent.destroy();
    expect(status).to.equal(413);
    expect(text).to.include('urn:tradelane:error:too-large');
  });

  it('refuses a body of unknown length once it is too large, and stores none of it', async () => {
    const sent = open('/in/acme', { 'transfer-encoding': 'chunked' });
    const answer = answerTo(sent);
    for (let megabytes = 0; megabytes < 3; megabytes++) sent.write(Buffer.alloc(MB, 0x41));
    expect((await answer).status).to.equal(413);
    sent.destroy();
  });

  it('ends a body that stalls', async () => {
    const sent = open('/in/acme', { 'content-length': '1000' });
    sent.write('ISA*00*');
    const { status, text } = await answerTo(sent);
    sent.destroy();
    expect(status).to.equal(408);
    expect(text).to.include('urn:tradelane:error:body-stalled');
  });

  it('does not read a body where none belongs', async () => {
    const sent = open('/v1/reload', {
      authorization: `Bearer ${installation.keys.admin}`,
      'content-length': String(300 * MB),
    });
    sent.flushHeaders();
    const { status } = await answerTo(sent);
    sent.destroy();
    expect(status).to.equal(413);
  });

  it('takes nothing with a wrong key, nor for a name that is none', async () => {
    for (const [path, key, status] of [
      ['/in/acme', 'tl_wrong', 401],
      ['/in/acme', installation.keys.erp, 401],
      ['/in/nobody', installation.keys.acme, 404],
      ['/in/..%2Facme', installation.keys.acme, 404],
      ['/in/%00', installation.keys.acme, 404],
      [`/in/${'x'.repeat(5000)}`, installation.keys.acme, 404],
    ] as const) {
      const sent = open(path, { authorization: `Bearer ${key}` });
      sent.end(order850({ control: 1, number: 'PO-1' }));
      expect((await answerTo(sent)).status, path.slice(0, 40)).to.equal(status);
    }
    const { items } = await hub.get<{ items: { state: string }[] }>('/v1/transfers');
    expect(items.filter(({ state }) => state !== 'quarantined')).to.deep.equal([]);
  });

  it('says no key in any answer, nor in its log at its most talkative', async () => {
    const key = { authorization: `Bearer ${installation.keys.acme}` };
    const sent = open('/in/acme', { ...key, 'idempotency-key': 'first' });
    sent.end(order850({ control: 2, number: 'PO-2' }));
    const { status, text } = await answerTo(sent);
    expect(status).to.equal(202);
    const { transfer } = JSON.parse(text) as { transfer: string };
    for (const path of ['status', 'transfers', `transfers/${transfer}`, 'keys', 'events']) {
      told.push(JSON.stringify(await hub.get(`/v1/${path}`)));
    }
    const everything = [...told, hub.log()].join('\n');
    expect(everything).to.include(transfer);
    for (const [name, secret] of Object.entries(installation.keys)) {
      expect(everything.includes(secret), `the key of ${name}`).to.equal(false);
    }
  });

  it('lets what is under way end when it is told to stop, and takes nothing new', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const body = order850({ control: 3, number: 'PO-3' });
    const slow = open('/in/acme', { 'content-length': String(body.length) });
    const answer = answerTo(slow);
    slow.write(body.slice(0, 200));
    await once(slow, 'socket');
    const exited = once(hub.process, 'exit');
    process.kill(hub.pid, 'SIGTERM');
    await stopping();
    const late = open('/in/acme', {}, agent);
    late.end(order850({ control: 4, number: 'PO-4' }));
    const refused = await answerTo(late);
    expect(refused.status).to.equal(503);
    expect(refused.text).to.include('urn:tradelane:error:not-ready');
    expect(refused.headers['retry-after']).to.match(/^\d+$/);
    slow.end(body.slice(200));
    expect((await answer).status).to.equal(202);
    expect(await exited).to.deep.equal([0, null]);
    agent.destroy();
  });

  /** Asks /ready until it says 503. */
  async function stopping(): Promise<void> {
    for (;;) {
      const response = await fetch(new URL('/ready', hub.url));
      const { status } = (await response.json()) as { status: string };
      if (response.status === 503) {
        expect(status).to.equal('stopping');
        return;
      }
    }
  }
});
