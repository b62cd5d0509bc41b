import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Parcel, SendPort } from '../../../src/model/transport.ts';
import { http } from '../../../src/transports/http/http.ts';
import { parcel, sendPort, testSecret } from '../../support/transport-ports.ts';
import { close, listen, urlOf } from '../../support/transport-rigs.ts';

describe('http out', () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const requests: {
    method: string;
    url: string;
    headers: IncomingMessage['headers'];
    body: string;
  }[] = [];

  beforeEach(async () => {
    requests.splice(0);
    answer = (_request, response) => response.writeHead(201).end();
    server = await listen(
      createServer(async (request, response) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const { method = '', url = '', headers } = request;
        requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
        answer(request, response);
      }),
    );
  });
  afterEach(() => close(server));

  const payload = parcel(Buffer.from('{"number":"1"}'), {
    contentType: 'application/json',
    messageType: 'json/erp/order',
  });
  const send = (settings: Record<string, unknown> = {}, sent: Parcel = payload, port?: SendPort) =>
    http.send!({ url: `${urlOf(server)}/api/`, ...settings }, sent, port ?? sendPort('/nowhere'));

  it('says what it sends, under the id of its delivery', async () => {
    const outcome = await send({
      paths: { 'json/erp/order': '/sales-orders' },
      key: 'env:KEY',
      headers: { 'X-Tenant': 'north', 'X-Other': 'env:OTHER' },
    });
    expect(outcome).to.deep.include({ ok: true, text: '201 Created' });
    expect(requests[0]).to.include({
      method: 'POST',
      url: '/api/sales-orders',
      body: '{"number":"1"}',
    });
    expect(requests[0]?.headers).to.include({
      authorization: `Bearer ${testSecret}`,
      'content-type': 'application/json',
      'content-length': '14',
      'idempotency-key': payload.delivery,
      'tradelane-message': 'json/erp/order',
      'x-tenant': 'north',
      'x-other': testSecret,
    });
  });

  it('shows the key in another header where that is agreed', async () => {
    await send({ key: 'env:KEY', keyHeader: 'X-Api-Key', method: 'PUT' });
    expect(requests[0]).to.include({ method: 'PUT', url: '/api/' });
    expect(requests[0]?.headers).to.include({ 'x-api-key': testSecret });
    expect(requests[0]?.headers).not.to.have.property('authorization');
  });

  it('keeps the answer and their id', async () => {
    answer = (_request, response) =>
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end('{"data":{"id":4711,"__proto__":{"x":"y"}}}');
    const outcome = await send({ answer: { id: 'data.id' } });
    expect(outcome).to.include({ ok: true, remoteId: '4711', text: '200 OK' });
    expect(outcome.answer?.contentType).to.equal('application/json');
    expect(Buffer.from(outcome.answer?.bytes ?? []).toString()).to.include('4711');
    for (const path of ['data.none', 'constructor.name', 'data']) {
      expect(await send({ answer: { id: path } })).not.to.have.property('remoteId');
    }
  });

  const statuses: readonly [status: number, retry: string][] = [
    [302, 'permanent'],
    [400, 'permanent'],
    [401, 'permanent'],
    [404, 'permanent'],
    [409, 'permanent'],
    [422, 'permanent'],
    [408, 'transient'],
    [425, 'transient'],
    [429, 'transient'],
    [500, 'ambiguous'],
    [502, 'ambiguous'],
    [503, 'transient'],
    [504, 'ambiguous'],
  ];
  for (const [status, retry] of statuses) {
    it(`calls ${status} ${retry}, with the words of the answer`, async () => {
      const location = 'http://127.0.0.1:1/elsewhere';
      answer = (_request, response) =>
        response.writeHead(status, status === 302 ? { location } : {}).end(`${'why '.repeat(200)}`);
      const outcome = await send();
      expect(outcome).to.include({ ok: false, retry });
      expect(outcome.text).to.include(String(status));
      expect(outcome.text).to.include(status === 302 ? location : 'why why');
      expect(outcome.text.length).to.be.lessThan(400);
      expect(requests).to.have.length(1);
    });
  }

  it('waits as long as it is asked to, in seconds or until a date, and at most a day', async () => {
    const port = sendPort('/nowhere');
    port.clock.now = () => '2026-03-01T10:00:00.000Z';
    const asked: readonly [string, number | undefined][] = [
      ['120', 120],
      ['Sun, 01 Mar 2026 10:01:30 GMT', 90],
      ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
      ['999999999', 86_400],
      ['soon', undefined],
    ];
    for (const [value, seconds] of asked) {
      answer = (_request, response) => response.writeHead(503, { 'Retry-After': value }).end();
      const outcome = await send({}, payload, port);
      expect(outcome.ok === false && outcome.afterSeconds, value).to.equal(seconds);
    }
  });

  it('is unsure when no answer comes in time', async () => {
    answer = () => undefined;
    const outcome = await send({ timeoutSeconds: 0.2 });
    expect(outcome).to.include({ ok: false, retry: 'ambiguous' });
    expect(outcome.text).to.include('No answer within 0.2 s');
  });

  it('is unsure when the answer breaks off', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('half');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await send()).to.include({ ok: false, retry: 'ambiguous' });
  });

  it('is unsure when the connection ends after the request', async () => {
    answer = (_request, response) => response.destroy();
    expect(await send()).to.include({ ok: false, retry: 'ambiguous' });
    expect(requests).to.have.length(1);
  });

  it('is unsure when a connection that was used before ends', async () => {
    await send();
    let sockets = 0;
    server.once('connection', () => {
      sockets += 1;
    });
    answer = (_request, response) => response.destroy();
    expect(await send()).to.include({ ok: false, retry: 'ambiguous' });
    expect(sockets).to.equal(0);
  });

  it('is unsure when the hub stops while it waits', async () => {
    const stopping = new AbortController();
    answer = () => stopping.abort();
    const outcome = await send({}, payload, sendPort('/nowhere', stopping.signal));
    expect(outcome).to.include({ ok: false, retry: 'ambiguous' });
  });

  it('knows that nothing was sent when there is no such host or no listener', async () => {
    for (const url of [
      'http://no-such-host.invalid/',
      'http://127.0.0.1:1/',
      'https://127.0.0.1:1/',
    ]) {
      const outcome = await send({ url, timeoutSeconds: 5 });
      expect(outcome, url).to.include({ ok: false, retry: 'transient' });
      expect(outcome.text).to.match(/^Not sent: ./);
    }
  });

  it('knows that nothing was sent to a listener that speaks no TLS', async () => {
    const plain = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH\r\n');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    const outcome = await send({ url: `https://127.0.0.1:${port}/` });
    plain.close();
    expect(outcome).to.include({ ok: false, retry: 'transient' });
  });

  it('knows that nothing was sent to a server whose certificate is not trusted', async function () {
    const folder = mkdtempSync(join(tmpdir(), 'tradelane-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    try {
      const subject = ['-subj', '/CN=localhost', '-keyout', key, '-out', cert];
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], {
        stdio: 'ignore',
      });
    } catch {
      this.skip();
    }
    let heard = 0;
    const options = { key: readFileSync(key), cert: readFileSync(cert) };
    const secure = createSecureServer(options, () => {
      heard += 1;
    });
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const { port } = secure.address() as { port: number };
    const outcome = await send({ url: `https://127.0.0.1:${port}/` });
    secure.close();
    rmSync(folder, { recursive: true });
    expect(outcome).to.include({ ok: false, retry: 'transient' });
    expect(heard).to.equal(0);
  });

  it('reads no answer larger than 1 MB, and says so', async () => {
    answer = (_request, response) => response.writeHead(200).end('x'.repeat(1024 * 1024 + 1));
    const outcome = await send();
    expect(outcome).to.include({ ok: true });
    expect(outcome).not.to.have.property('answer');
    expect(outcome.text).to.include('larger than 1 MB');
  });

  it('sends nothing for a message without a path', async () => {
    const outcome = await send({ paths: { 'json/erp/remittance': '/payments' } });
    expect(outcome).to.include({ ok: false, retry: 'permanent' });
    expect(outcome.text).to.include('json/erp/order');
    expect(requests).to.deep.equal([]);
  });

  it('says which secret is missing instead of throwing', async () => {
    const outcome = await send({ key: 'env:MISSING' });
    expect(outcome).to.include({ ok: false, retry: 'permanent' });
    expect(outcome.text).to.include('MISSING');
  });

  it('never tells the key, whatever happens', async () => {
    answer = (_request, response) => response.writeHead(403).end('no');
    const told = [
      await send({ key: 'env:KEY' }),
      await send({ key: 'env:KEY', url: 'http://127.0.0.1:1/' }),
    ];
    expect(JSON.stringify(told)).not.to.include(testSecret);
  });

  it('takes no detour by a proxy that the environment names', async () => {
    process.env['http_proxy'] = 'http://127.0.0.1:1';
    try {
      expect(await send()).to.include({ ok: true });
    } finally {
      delete process.env['http_proxy'];
    }
  });

  describe('before a repeat that may be one too many', () => {
    const lookup = '/received/{delivery}';
    const answerLookup = (status: number) => {
      answer = (request, response) =>
        response.writeHead(request.method === 'GET' ? status : 201).end('{"id":"SO-1"}');
    };
    const methods = () => requests.map(({ method, url }) => `${method} ${url}`);

    it('does not ask the first time', async () => {
      answerLookup(404);
      await send({ lookup });
      expect(methods()).to.deep.equal(['POST /api/']);
    });

    it('sends when they do not have it', async () => {
      answerLookup(404);
      expect(await send({ lookup }, { ...payload, attempt: 1 })).to.include({ ok: true });
      expect(methods()).to.deep.equal([`GET /api/received/${payload.delivery}`, 'POST /api/']);
    });

    it('sends nothing when they have it, and takes their id', async () => {
      answerLookup(200);
      const outcome = await send({ lookup, answer: { id: 'id' } }, { ...payload, attempt: 1 });
      expect(outcome).to.include({ ok: true, remoteId: 'SO-1' });
      expect(methods()).to.have.length(1);
    });

    it('asks again later when they cannot say', async () => {
      answerLookup(500);
      const outcome = await send({ lookup }, { ...payload, attempt: 1 });
      expect(outcome).to.include({ ok: false, retry: 'transient' });
      expect(methods()).to.have.length(1);
    });
  });
});
