// One of the two providers that bench/signin.ts compares, in a process of its own: this house, or oidc-provider alone
// with its adapter in memory.
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import * as audit from '../../src/audit/audit.ts'
import { consequences } from '../../src/consequences.ts'
import { asDay } from '../../src/platform/day.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { makeServer } from '../../src/platform/http/server.ts'
import { openLog } from '../../src/platform/log.ts'
import { setSealingKey } from '../../src/platform/sealing/sealing.ts'
import { makeOpenWork } from '../../src/platform/work.ts'
import { openProviderHolder } from '../../src/signin/provider/provider-holder.ts'
import { routes } from '../../src/signin/routes.ts'

const [, , kind, port = '0', url = '', clients = '[]'] = process.argv
const day = asDay('2023-04-20')
const origin = `http://localhost:${port}`

async function house(): Promise<void> {
  setSealingKey(Buffer.alloc(32, 7))
  audit.setConsequences(consequences)
  const log = openLog('error')
  const openWork = makeOpenWork(openDatabase(url), { beforeCommit: audit.seal, businessDay: () => day })
  const app = await makeServer({ log, origin, trustProxy: true, perMinute: 10_000_000 })
  const calledAddresses = () => ({ demonstration: false, sandboxHosts: [] })
  await routes(app, {
    openWork,
    origin,
    holder: openProviderHolder({ openWork, origin, log, isDemonstration: () => false, calledAddresses }),
    isDemonstration: () => true,
  })
  await app.listen({ port: Number(port), host: '127.0.0.1' })
}

/**
 * What oidc-provider's own adapter in memory does, which keeps a thousand things and looks through all of a grant's at
 * each: a map, and nothing else.
 */
const kept = new Map<string, Record<string, unknown>>()
const uids = new Map<string, string>()
const byGrant = new Map<string, Set<string>>()
class InMemory {
  readonly #kind: string
  constructor(kind: string) {
    this.#kind = kind
  }
  async upsert(id: string, payload: Record<string, unknown>) {
    const key = `${this.#kind} ${id}`
    kept.set(key, payload)
    if (this.#kind === 'Session') uids.set(String(payload['uid']), key)
    const { grantId } = payload
    if (typeof grantId === 'string') byGrant.set(grantId, (byGrant.get(grantId) ?? new Set()).add(key))
  }
  async find(id: string) {
    return kept.get(`${this.#kind} ${id}`)
  }
  async findByUid(uid: string) {
    return kept.get(uids.get(uid) ?? '')
  }
  async findByUserCode() {}
  async consume(id: string) {
    const payload = kept.get(`${this.#kind} ${id}`)
    if (payload) payload['consumed'] = Math.floor(performance.now() / 1000)
  }
  async destroy(id: string) {
    kept.delete(`${this.#kind} ${id}`)
  }
  async revokeByGrantId(grantId: string) {
    for (const key of byGrant.get(grantId) ?? []) kept.delete(key)
    byGrant.delete(grantId)
  }
}

/**
 * With the keys, the grants and the lifetimes of the house; whoever comes is signed in as the person of their own
 * cookie, and consents.
 */
async function bare(): Promise<void> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const provider = new Provider(`${origin}/oidc`, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'bare', alg: 'ES256', use: 'sig' }] as never },
    adapter: InMemory as never,
    clients: JSON.parse(clients),
    clientAuthMethods: ['private_key_jwt'],
    scopes: ['openid', 'offline_access', 'verification'],
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['name', 'birthdate', 'gender'] },
    pkce: { required: () => true },
    cookies: { keys: ['bare'] },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true }, dPoP: { enabled: true } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: async (_ctx, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, name: 'Nguyễn Văn A', birthdate: '2005-01-01', gender: 'male' }),
    }),
  })
  const answer = provider.callback()
  createServer(async (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      const { params, session } = await provider.interactionDetails(request, response)
      const accountId = session?.accountId ?? request.url
      const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) })
      grant.addOIDCScope(String(params['scope']))
      const result = { login: { accountId }, consent: { grantId: await grant.save() } }
      return provider.interactionFinished(request, response, result)
    }
    Object.assign(request, { originalUrl: request.url, url: (request.url ?? '').slice('/oidc'.length) })
    return answer(request, response)
  }).listen(Number(port), '127.0.0.1')
}

await (kind === 'house' ? house() : bare())
// What of the processor it has taken, in milliseconds, whenever it is asked.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.((user + system) / 1000)
})
process.send?.('ready')
process.on('SIGINT', () => process.exit(0))
