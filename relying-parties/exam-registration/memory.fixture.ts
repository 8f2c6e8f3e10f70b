import type { Adapter, AdapterPayload } from 'oidc-provider'

/**
 * All that the issuer of the tests remembers. Its package's own memory forgets the oldest beyond a thousand, which is a
 * few hundred sign-ins at once.
 */
export function memory(): (model: string) => Adapter {
  const kept = new Map<string, AdapterPayload>()
  return model => {
    const key = (id: string) => `${model} ${id}`
    const uids = new Map<string, string>()
    return {
      async upsert(id, payload) {
        kept.set(key(id), payload)
        if (payload.uid) uids.set(payload.uid, id)
      },
      find: async id => kept.get(key(id)),
      findByUid: async uid => kept.get(key(uids.get(uid) ?? '')),
      // Of the device flow, which no site here uses.
      findByUserCode: async () => undefined,
      async consume(id) {
        const payload = kept.get(key(id))
        if (payload) payload['consumed'] = Math.floor(Date.now() / 1_000)
      },
      async destroy(id) {
        kept.delete(key(id))
      },
      async revokeByGrantId(grantId) {
        for (const [name, payload] of kept) if (payload.grantId === grantId) kept.delete(name)
      },
    }
  }
}
