import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { HubError } from '../../../src/model/errors.ts';
import type { Receiver, SendOutcome } from '../../../src/model/transport.ts';
import { http } from '../../../src/transports/http/http.ts';
import { receivePort, type TestReceivePort, testSecret } from '../../support/transport-ports.ts';
import { close, listen, urlOf } from '../../support/transport-rigs.ts';

const cxml = (payloadId: string, secret = testSecret): string =>
  '<?xml version="1.0"?>\n' +
  '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">\n' +
  `<cXML payloadID="${payloadId}" timestamp="2026-03-01T10:00:00-05:00"><Header><Sender>` +
  `<Credential domain="NetworkId"><Identity>AN1</Identity><SharedSecret>${secret}</SharedSecret>` +
  '</Credential></Sender></Header><Request><OrderRequest/></Request></cXML>';

describe('http in', () => {
  let port: TestReceivePort;
  let server: Server;
  let receiver: Receiver;

  beforeEach(async () => {
    port = receivePort('/nowhere', 2000);
    server = await listen(
      createServer((request, response) => void port.routes.get('acme')?.(request, response)),
    );
  });
  afterEach(async () => {
    await receiver.stop();
    await close(server);
  });

  const start = async (settings: Record<string, unknown> = { key: 'env:KEY' }): Promise<void> => {
    receiver = await http.receive!('acme', settings, port);
  };
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(urlOf(server) + path, {
      method: 'POST',
      body,
      headers: { 'X-Api-Key': testSecret, ...headers },
    });

  it('answers 202 with the transfer, and 200 when it was stored before', async () => {
    await start();
    const first = await post('/in/acme', 'ISA', { 'Idempotency-Key': 'k1' });
    expect(first.status).to.equal(202);
    expect(first.headers.get('content-type')).to.equal('application/json');
    expect(await first.json()).to.deep.equal({ transfer: 'T-2', repeated: false });
    const repeat = await post('/in/acme', 'ISA', { 'Idempotency-Key': 'k1' });
    expect(repeat.status).to.equal(200);
    expect(await repeat.json()).to.deep.equal({ transfer: 'T-2', repeated: true });
  });

  it('takes the message of the path, and keeps facts but no credentials', async () => {
    await start();
    await post('/in/acme/json/erp/invoice?trace=1', '{}', { 'Content-Type': 'application/json' });
    expect(port.stored[0]).to.include({ contentType: 'application/json' });
    expect(port.stored[0]?.headers).to.include({ 'message-type': 'json/erp/invoice' });
    expect(JSON.stringify([port.stored, port.logged])).not.to.include(testSecret);
  });

  it('takes the message of the header or of a mounted path', async () => {
    await start();
    await post('/in/acme', '{}', { 'Tradelane-Message': 'json/erp/order' });
    await post('/json/erp/shipment', '{}');
    expect(port.stored.map(({ headers }) => headers['message-type'])).to.deep.equal([
      'json/erp/order',
      'json/erp/shipment',
    ]);
  });

  it('gives posts without a key of their own a fresh one', async () => {
    await start();
    await post('/in/acme', 'same');
    await post('/in/acme', 'same');
    expect(port.stored).to.have.length(2);
  });

  const refusals: readonly [what: string, status: number, send: () => Promise<Response>][] = [
    ['a missing key', 401, () => fetch(`${urlOf(server)}/in/acme`, { method: 'POST', body: 'x' })],
    ['a wrong key', 401, () => post('/in/acme', 'x', { 'X-Api-Key': `${testSecret}x` })],
    ['another method', 405, () => fetch(`${urlOf(server)}/in/acme`)],
    ['a path that is no message', 404, () => post('/in/acme/json/..%2f', 'x')],
    ['a compressed body', 400, () => post('/in/acme', 'x', { 'Content-Encoding': 'gzip' })],
    ['a key without end', 400, () => post('/in/acme', 'x', { 'Idempotency-Key': 'k'.repeat(256) })],
    ['a body larger than allowed', 413, () => post('/in/acme', 'x'.repeat(2001))],
  ];
  for (const [what, status, send] of refusals) {
    it(`refuses ${what} with ${status} and a sentence`, async () => {
      await start();
      const answer = await send();
      expect(answer.status).to.equal(status);
      expect(answer.headers.get('content-type')).to.equal('application/problem+json');
      const problem = (await answer.json()) as Record<string, unknown>;
      expect(problem).to.include({ status });
      expect(problem['detail']).to.match(/^.{10,}\.$/);
      expect(port.stored).to.deep.equal([]);
      expect(port.logged.join()).not.to.include(testSecret);
    });
  }

  it('takes the key as a bearer token, and one of the hub', async () => {
    await start();
    port.authenticate = async (connector, key) => connector === 'acme' && key === 'of the hub';
    const own = await fetch(`${urlOf(server)}/in/acme`, {
      method: 'POST',
      body: 'x',
      headers: { Authorization: `Bearer ${testSecret}` },
    });
    expect(own.status).to.equal(202);
    expect((await post('/in/acme', 'x', { 'X-Api-Key': 'of the hub' })).status).to.equal(202);
  });

  it('asks for a key where none is configured', async () => {
    await start({});
    expect((await post('/in/acme', 'x')).status).to.equal(401);
  });

  it('stops a body without a told length at its limit', async () => {
    await start();
    const sent = httpRequest(`${urlOf(server)}/in/acme`, {
      method: 'POST',
      headers: { 'X-Api-Key': testSecret, 'Transfer-Encoding': 'chunked' },
    });
    sent.on('error', () => undefined);
    const answered = once(sent, 'response');
    for (let chunk = 0; chunk < 100; chunk += 1) sent.write('~'.repeat(1000));
    const [answer] = (await answered) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).to.equal(413);
    expect(answer.headers['connection']).to.equal('close');
    expect(port.stored).to.deep.equal([]);
    sent.destroy();
  });

  it('refuses a body whose told length is too large before a byte of it comes', async () => {
    await start();
    const socket = connect(Number(new URL(urlOf(server)).port), '127.0.0.1');
    socket.write(
      `POST /in/acme HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${testSecret}\r\n` +
        'Content-Length: 2001\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).to.match(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('lets nobody in by an empty key', async () => {
    await start();
    port.secret = () => '';
    expect((await post('/in/acme', 'x', { 'X-Api-Key': '' })).status).to.equal(401);
  });

  it('gives up on a sender that stalls', async () => {
    await start({ key: 'env:KEY', idleSeconds: 0.1 });
    const socket = connect(Number(new URL(urlOf(server)).port), '127.0.0.1');
    socket.write(
      `POST /in/acme HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${testSecret}\r\n` +
        'Content-Length: 9\r\n\r\nhalf',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).to.match(/^HTTP\/1\.1 408 /);
    expect(port.stored).to.deep.equal([]);
    socket.destroy();
  });

  it('says when to come back after a failure of the hub', async () => {
    await start();
    port.beforeStore = () => Promise.reject(new HubError('store-busy', 'The disk is busy.'));
    const answer = await post('/in/acme', 'x');
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('retry-after')).to.equal('5');
    port.beforeStore = () => Promise.reject(new Error('with an inner path /var/lib/x'));
    const inner = await post('/in/acme', 'x');
    expect(inner.status).to.equal(500);
    expect(await inner.text()).not.to.include('/var/lib');
  });

  describe('with cXML', () => {
    const outcomes: SendOutcome[] = [];
    const reply = {
      bytes: Buffer.from('<cXML><Response/></cXML>'),
      contentType: 'text/xml; charset=UTF-8',
      settled: async (outcome: SendOutcome) => void outcomes.push(outcome),
    };
    beforeEach(() => outcomes.splice(0));

    it('answers in the same exchange, and settles the answer', async () => {
      await start();
      port.answer = reply;
      const answer = await post('/in/acme', cxml('p1@globex'), { 'Content-Type': 'text/xml' });
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.equal('text/xml; charset=UTF-8');
      expect(await answer.text()).to.equal('<cXML><Response/></cXML>');
      expect(outcomes).to.deep.equal([{ ok: true, text: 'Answered in the same exchange' }]);
      expect(port.keys).to.deep.equal(['p1@globex']);
    });

    it('says 201 when the outcome comes too late', async () => {
      await start();
      const answer = await post('/in/acme', cxml('p&amp;1@globex'));
      expect(answer.status).to.equal(200);
      const text = await answer.text();
      expect(text).to.match(/<Status code="201" text="Accepted">Received as T-10\.<\/Status>/);
      expect(text).to.match(/timestamp="[0-9T:-]+\+00:00"/);
      expect(port.keys).to.deep.equal(['p&1@globex']);
    });

    it('keeps the answer for a repeat when the sender is gone', async () => {
      await start();
      const asked = Promise.withResolvers<void>();
      const gone = Promise.withResolvers<void>();
      port.reply = async () => {
        asked.resolve();
        await gone.promise;
        return reply;
      };
      const closed = new Promise<void>((resolve) => {
        server.once('request', (_request, response) => response.once('close', resolve));
      });
      const socket = connect(Number(new URL(urlOf(server)).port), '127.0.0.1');
      const body = cxml('p1');
      socket.write(
        `POST /in/acme HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${testSecret}\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      await asked.promise;
      socket.destroy();
      await closed;
      gone.resolve();
      await receiver.stop();
      expect(outcomes).to.have.length(1);
      expect(outcomes[0]).to.include({ ok: false, retry: 'transient' });
    });

    it('asks for the shared secret where one is agreed', async () => {
      await start({ sharedSecret: 'env:SECRET' });
      const bare = (body: string) => fetch(`${urlOf(server)}/in/acme`, { method: 'POST', body });
      expect((await bare(cxml('p1', 'wrong'))).status).to.equal(401);
      expect(
        (await bare(cxml('p1').replace(/<SharedSecret>.*<\/SharedSecret>/, ''))).status,
      ).to.equal(401);
      expect((await bare('ISA*00*')).status).to.equal(401);
      expect(port.stored).to.deep.equal([]);
      expect((await bare(cxml('p1'))).status).to.equal(200);
      expect(port.stored[0]?.bytes.toString()).to.equal(cxml('p1'));
    });

    it('asks for both proofs where both are configured', async () => {
      await start({ key: 'env:KEY', sharedSecret: 'env:SECRET' });
      expect((await post('/in/acme', cxml('p1', 'wrong'))).status).to.equal(401);
      const wrongKey = await post('/in/acme', cxml('p1'), { 'X-Api-Key': 'wrong' });
      expect(wrongKey.status).to.equal(401);
      expect((await post('/in/acme', cxml('p1'))).status).to.equal(200);
    });

    it('answers 202 to XML that is no cXML', async () => {
      await start();
      const answer = await post('/in/acme', '<Invoice/>', { 'Content-Type': 'application/xml' });
      expect(answer.status).to.equal(202);
    });
  });
});
