import 'reflect-metadata'
import assert from 'node:assert/strict'
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, mock, test } from 'node:test'
import { connect, type SecureVersion } from 'node:tls'
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509'
import { openLog } from '../log.ts'
import { keyAsPem, makeAuthority, makeLeaf } from './certificate-authority.ts'
import { makeServer } from './server.ts'
import { type Certificate, localCertificate, openCertificate, tlsOptions } from './tls.ts'

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-tls-'))
  after(() => rm(folder, { recursive: true }))
  return folder
}
const folder = await newFolder()
const hosts = ['localhost', '127.0.0.1', 'dinhdanh.tinh.example']

type Served = Pick<Certificate, 'key' | 'cert'>

/** Listens with a certificate, as the server does. */
async function listen({ key, cert }: Served) {
  const server = createServer({ key, cert, ...tlsOptions }, (_, response) => response.end('house'))
  server.listen(0, '127.0.0.1')
  after(() => server.close())
  await new Promise(done => server.once('listening', done))
  return { server, port: (server.address() as AddressInfo).port }
}

/** What a device sees that asks for a host: the status, or why it does not connect. */
const ask = (port: number, servername: string, ca?: string) =>
  new Promise<number | string>(done =>
    get({ host: '127.0.0.1', port, servername, agent: false, ...(ca && { ca }) }, reply =>
      done(reply.resume().statusCode ?? 0),
    ).on('error', error => done(error.message)),
  )

test('a device that trusts the local authority connects, and another one is warned', async () => {
  const certificate = await localCertificate(folder, hosts)
  const { port } = await listen(certificate)
  assert.equal(await ask(port, 'dinhdanh.tinh.example', certificate.authority), 200)
  assert.match(String(await ask(port, 'dinhdanh.tinh.example')), /self-signed|unable to/)
})

test('the certificate stays the same for the same hosts or fewer, and another host has it made anew', async () => {
  const first = await localCertificate(folder, hosts)
  assert.deepEqual(await localCertificate(folder, ['localhost']), first)
  const second = await localCertificate(folder, ['localhost', 'may-chu.phuong.example', '[2001:db8::7]'])
  assert.notEqual(second.authority, first.authority)
  const leaf = new X509Certificate(second.cert)
  assert.equal(leaf.checkHost('may-chu.phuong.example'), 'may-chu.phuong.example')
  assert.equal(leaf.checkIP('2001:db8::7'), '2001:db8::7')
  assert.deepEqual(await localCertificate(folder, ['localhost', 'may-chu.phuong.example', '[2001:db8::7]']), second)
})

test('keys are readable by their owner only', async () => {
  for (const file of await readdir(folder)) assert.equal((await stat(join(folder, file))).mode & 0o077, 0)
})

test('whoever copies the folder of keys finds none by which a device believes other hosts', async () => {
  const { authority } = await localCertificate(folder, hosts)
  const files = await readdir(folder)
  const keys = await Promise.all(
    files.filter(file => file.endsWith('.key')).map(file => readFile(join(folder, file), 'utf8')),
  )
  assert.ok(keys.length > 0)
  for (const key of keys) assert.ok(!new X509Certificate(authority).checkPrivateKey(createPrivateKey(key)))
})

const signedFor = async (authority: Awaited<ReturnType<typeof makeAuthority>>, names: readonly string[]) => {
  const leaf = await makeLeaf(authority, names)
  return listen({ key: await keyAsPem(leaf), cert: leaf.certificate.toString('pem') })
}

test('even with the key of the authority nobody passes for another host before a device that trusts it', async () => {
  const authority = await makeAuthority([...hosts, '10.1.2.3'])
  const ca = authority.certificate.toString('pem')
  const foreign = ['ngan-hang.example', 'tinh.example', 'localhost.example', '10.1.2.4', '::2']
  for (const name of foreign) {
    const { port } = await signedFor(authority, [name])
    assert.equal(await ask(port, 'localhost', ca), 'permitted subtree violation', name)
  }
  const both = await signedFor(authority, ['dinhdanh.tinh.example', 'ngan-hang.example'])
  assert.equal(await ask(both.port, 'dinhdanh.tinh.example', ca), 'permitted subtree violation')
  for (const name of ['dinhdanh.tinh.example', 'localhost']) {
    const { port } = await signedFor(authority, [...hosts, '10.1.2.3'])
    assert.equal(await ask(port, name, ca), 200)
  }
})

test('the authority lives as long as the certificate, about a year, and signs no other authority', async () => {
  const { authority, cert } = await localCertificate(folder, hosts)
  const [root, leaf] = [new X509Certificate(authority), new X509Certificate(cert)]
  assert.equal(root.validTo, leaf.validTo)
  assert.ok(root.validToDate.getTime() - root.validFromDate.getTime() < 400 * 86_400_000)
  assert.match(root.toLegacyObject().ext_key_usage?.join() ?? '', /1\.3\.6\.1\.5\.5\.7\.3\.1/)
})

/** An authority of an earlier release, which may sign for any host, and the certificate that it signed. */
async function writeFormerAuthority(at: string, days: number) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '07',
    name: 'CN=Dinhdanh before, O=Dinhdanh local authority',
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + days * 86_400_000),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  })
  const authority = { keys, certificate }
  const leaf = await makeLeaf(authority, hosts)
  const files = {
    'authority.key': await keyAsPem(authority),
    'authority.crt': certificate.toString('pem'),
    'server.key': await keyAsPem(leaf),
    'server.crt': leaf.certificate.toString('pem'),
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(at, name), text, { mode: 0o600 })
  return files
}

test('the key of an earlier release’s authority is destroyed at once, and devices go on as they are', async () => {
  const old = await newFolder()
  const files = await writeFormerAuthority(old, 200)
  const certificate = await localCertificate(old, hosts)
  assert.deepEqual([certificate.cert, certificate.authority], [files['server.crt'], files['authority.crt']])
  assert.ok(!(await readdir(old)).includes('authority.key'))
  const { port } = await listen(certificate)
  assert.equal(await ask(port, 'localhost', files['authority.crt']), 200)
})

test('an earlier release’s authority is followed by one with constraints when its certificate ends', async () => {
  const old = await newFolder()
  const files = await writeFormerAuthority(old, 30)
  const { authority, nextAuthority } = await localCertificate(old, hosts)
  assert.equal(authority, files['authority.crt'])
  assert.match(JSON.stringify(Buffer.from(new X509Certificate(nextAuthority ?? '').raw).toString('latin1')), /dinhdanh/)
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * 86_400_000 })
  const taken = await localCertificate(old, hosts).finally(() => mock.timers.reset())
  assert.equal(taken.authority, nextAuthority)
})

/** The fingerprint of the certificate that a server shows. */
const servedBy = (port: number) =>
  new Promise<string>(done => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      done(socket.getPeerCertificate().fingerprint256)
      socket.destroy()
    })
  })

test('a running server takes the next certificate, whose authority devices could trust for weeks', async () => {
  const place = await newFolder()
  const holder = await openCertificate(place, hosts)
  const first = holder.current()
  assert.equal(first.nextAuthority, undefined)
  const { server, port } = await listen(first)
  const renewIn = async (days: number) => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() + days * 86_400_000 })
    await holder.renew(server).finally(() => mock.timers.reset())
    return holder.current()
  }
  assert.deepEqual(await renewIn(300), first)
  const before = await renewIn(350)
  assert.equal(before.cert, first.cert)
  const next = before.nextAuthority ?? assert.fail('no next authority')
  assert.deepEqual(await renewIn(380), before)
  assert.equal(await ask(port, 'localhost', first.authority), 200)
  const later = await renewIn(391)
  assert.equal(later.authority, next)
  assert.equal(await servedBy(port), new X509Certificate(later.cert).fingerprint256)
  assert.ok(new X509Certificate(later.cert).verify(new X509Certificate(next).publicKey))
})

test('files that do not belong together, or are damaged half-way, are made anew', async () => {
  const [one, other] = [await newFolder(), await newFolder()]
  const first = await localCertificate(one, hosts)
  await localCertificate(other, hosts)
  await writeFile(join(one, 'server.key'), await readFile(join(other, 'server.key')))
  const second = await localCertificate(one, hosts)
  assert.notEqual(second.cert, first.cert)
  await writeFile(join(one, 'authority.crt'), '')
  assert.notEqual((await localCertificate(one, hosts)).cert, second.cert)
})

/** The suite that a server agrees to, or why it does not. */
const agreed = (port: number, ca: string, version: SecureVersion, ciphers?: string) =>
  new Promise<string>(done => {
    const socket = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca,
      minVersion: version,
      maxVersion: version,
      ...(ciphers && { ciphers }),
    })
    socket.on('secureConnect', () => {
      done(`${socket.getProtocol()} ${socket.getCipher().standardName}`)
      socket.destroy()
    })
    socket.on('error', error => done((error as { code?: string }).code ?? error.message))
  })

test('a server speaks TLS 1.3, and of TLS 1.2 the suites of BCP 195 alone', async () => {
  const certificate = await localCertificate(folder, hosts)
  const origin = 'https://dinhdanh.tinh.example'
  const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, https: certificate })
  after(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const at = (version: SecureVersion, ciphers?: string) => agreed(port, certificate.authority, version, ciphers)
  assert.match(await at('TLSv1.3'), /^TLSv1\.3 TLS_(AES|CHACHA20)/)
  assert.equal(await at('TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256'), 'TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256')
  assert.equal(await at('TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384'), 'TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384')
  for (const suite of [
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-SHA256',
    'ECDHE-ECDSA-AES256-SHA384',
    'ECDHE-ECDSA-AES128-SHA',
    'ECDHE-ECDSA-AES128-CCM',
    'ECDHE-ECDSA-ARIA128-GCM-SHA256',
  ])
    assert.match(await at('TLSv1.2', suite), /HANDSHAKE_FAILURE|NO_SHARED|ECONNRESET|NO_CIPHER/, suite)
  assert.match(await at('TLSv1.1', 'DEFAULT@SECLEVEL=0'), /PROTOCOL|ECONNRESET|VERSION/)
})

test('a browser is bound to https by the installation’s name, and never by a name of the machine itself', async () => {
  const certificate = await localCertificate(folder, hosts)
  const sent = async (origin: string, host: string, https = true) => {
    const app = await makeServer({
      log: openLog('silent'),
      origin,
      trustProxy: !https,
      ...(https && { https: certificate }),
    })
    const answer = await app.inject({ url: '/problems', headers: { host } })
    await app.close()
    return answer.headers['strict-transport-security']
  }
  const named = 'https://dinhdanh.tinh.example'
  assert.match(String(await sent(named, 'dinhdanh.tinh.example')), /^max-age=31536000/)
  assert.match(String(await sent(named, '10.0.0.7:8080', false)), /^max-age=31536000/)
  for (const host of ['localhost:8443', '127.0.0.1:8443', '[::1]:8443', 'a.localhost'])
    assert.equal(await sent(named, host), undefined, host)
  for (const origin of ['https://localhost:8443', 'https://127.0.0.1:8443', 'https://[::1]:8443'])
    assert.equal(await sent(origin, new URL(origin).host), undefined, origin)
  assert.equal(await sent('http://dinhdanh.tinh.example', 'dinhdanh.tinh.example', false), undefined)
})
