import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openLog } from '../log.ts'
import { deviceOf, dropToken, hashToken, keepToken, newToken, tokenIn } from './cookie-tokens.ts'
import { makeServer } from './server.ts'

const app = await makeServer({ log: openLog('silent'), origin: 'https://dinhdanh.example.vn', trustProxy: '10.0.0.1' })
after(() => app.close())
app.get('/keep', async (request, reply) => {
  deviceOf(request, reply)
  keepToken(request, reply, 'dinhdanh-session', newToken())
  keepToken(request, reply, 'dinhdanh-slip', newToken(), { seconds: 600 })
  return {}
})
app.get('/drop', async (request, reply) => {
  dropToken(request, reply, 'dinhdanh-session')
  return { token: tokenIn(request, 'dinhdanh-session') ?? null }
})
const https = { remoteAddress: '10.0.0.1', headers: { 'x-forwarded-proto': 'https' } }

test('a token has 256 random bits and is no other’s', () => {
  const tokens = Array.from({ length: 1000 }, newToken)
  assert.equal(new Set(tokens).size, 1000)
  for (const token of tokens) assert.equal(Buffer.from(token, 'base64url').length, 32)
  // Each of the 256 bits is set in some and not in others: of a thousand, a bit that is chance never stays away.
  const bits = Array.from(
    { length: 256 },
    (_, at) => tokens.filter(token => ((Buffer.from(token, 'base64url')[at >> 3] ?? 0) >> (at & 7)) & 1).length,
  )
  assert.ok(bits.every(count => count > 350 && count < 650))
  assert.equal(hashToken(tokens[0] ?? '').length, 32)
})

test('over https every token’s cookie is Secure, of this host alone, and out of the reach of scripts', async () => {
  const { cookies } = await app.inject({ url: '/keep', ...https })
  assert.deepEqual(cookies.map(({ name }) => name).sort(), [
    '__Host-dinhdanh-device',
    '__Host-dinhdanh-session',
    '__Host-dinhdanh-slip',
  ])
  for (const { name, secure, httpOnly, sameSite, path, domain } of cookies)
    assert.deepEqual([name, secure, httpOnly, sameSite, path, domain], [name, true, true, 'Lax', '/', undefined])
})

test('a token is read from the cookie of this host alone, and dropped under the same name', async () => {
  const token = newToken()
  const told = async (name: string) => {
    const { headers, ...from } = https
    return app.inject({ url: '/drop', ...from, headers: { ...headers, cookie: `${name}=${token}` } })
  }
  const own = await told('__Host-dinhdanh-session')
  assert.equal(own.json().token, token)
  assert.deepEqual([own.cookies[0]?.name, own.cookies[0]?.value], ['__Host-dinhdanh-session', ''])
  assert.equal((await told('dinhdanh-session')).json().token, null, 'another host below the same name could set it')
})
