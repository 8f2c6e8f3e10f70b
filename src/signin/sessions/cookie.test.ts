import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeServer } from '../../platform/http/server.ts'
import { newId } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { newToken } from '../session.ts'
import { setTokenCookie, tokenOfRequest } from './cookie.ts'

const app = await makeServer({ log: openLog('silent'), origin: 'https://dinhdanh.example.vn', trustProxy: '10.0.0.1' })
after(() => app.close())
const { token } = newToken(newId<'person'>())
app.get('/keep', async (request, reply) => {
  for (const kind of ['session', 'pending'] as const) setTokenCookie(request, reply, kind, token)
  return { token: tokenOfRequest(request, 'session') ?? null }
})
const asked = (cookie = '') =>
  app.inject({ url: '/keep', remoteAddress: '10.0.0.1', headers: { 'x-forwarded-proto': 'https', cookie } })

test('over https a citizen’s cookies are Secure, of this host alone, and out of the reach of scripts', async () => {
  const { cookies } = await asked()
  assert.deepEqual(
    cookies.map(({ name }) => name),
    ['__Host-dinhdanh-citizen', '__Host-dinhdanh-pending'],
  )
  for (const { name, secure, httpOnly, sameSite, path, domain } of cookies)
    assert.deepEqual([name, secure, httpOnly, sameSite, path, domain], [name, true, true, 'Lax', '/', undefined])
  assert.equal((await asked(`__Host-dinhdanh-citizen=${token}`)).json().token, token)
  assert.equal((await asked(`dinhdanh-citizen=${token}`)).json().token, null)
})
