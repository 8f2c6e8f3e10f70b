import type Provider from 'oidc-provider'
import type { Client } from 'oidc-provider'
import { now } from '../../platform/clock.ts'
import { findCurrentExchange } from '../exchange/exchange.ts'
import { partyKeySeconds } from '../law.ts'

/**
 * The keys that a client publishes at its `jwks_uri` (RFC 7517; OpenID Connect Core 10.1.1). oidc-provider reads them
 * anew only where none that it has read fits, so that one which was taken down would be good for as long as the process
 * runs. Here, in each process:
 *
 * 1. What was read is trusted for a minute, whatever the answer's Cache-Control says, and is read again before it is
 *    trusted further; all who come meanwhile wait for one reading.
 * 2. Where the address cannot be read, the keys that were read go on for ten minutes, so that a party's trouble with a
 *    page does not stop people from signing in.
 * 3. It is tried again every half minute, by whoever comes; the recorder is told each time. After the ten minutes there
 *    are no keys.
 */

/** oidc-provider's own store of a client's keys; stale keys are refreshed when none fits. */
type ClientKeyStore = {
  freshUntil?: number
  fresh(): boolean
  refresh(): Promise<void>
  selectForVerify(of: object): object[]
}

const currentSeconds = () => Math.floor(now().getTime() / 1000)

/** A note for the party's engineer, beside the result of the request. */
function recordUnreachedKeys(clientId: string): void {
  const exchange = findCurrentExchange()
  exchange?.flights.push({
    requestId: exchange.requestId,
    clientId,
    endpoint: 'jwks_uri',
    outcome: 'failed',
    check: 'keys-unreached',
  })
}

function maintainKeyStore({ clientId }: Client, store: ClientKeyStore): void {
  const [refresh, selectForVerify] = [store.refresh.bind(store), store.selectForVerify.bind(store)]
  let readAt: number | undefined
  let failed: { readonly at: number; readonly error: unknown } | undefined
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    const at = currentSeconds()
    if (failed && at < failed.at + partyKeySeconds.retry) throw failed.error
    try {
      await refresh()
      readAt = at
      failed = undefined
      store.freshUntil = at + partyKeySeconds.trusted
    } catch (error) {
      recordUnreachedKeys(clientId)
      const isHeld = readAt !== undefined && at < readAt + partyKeySeconds.held
      store.freshUntil = isHeld ? at + partyKeySeconds.retry : 0
      if (isHeld) return
      failed = { at, error }
      throw error
    }
  }
  store.refresh = async () => {
    if (store.fresh()) return
    reading ??= read().finally(() => {
      reading = undefined
    })
    await reading
  }
  // No key of a stale set fits, so the set is refreshed.
  store.selectForVerify = of => (store.fresh() ? selectForVerify(of) : [])
}

/** Call it once for each provider. */
export function maintainClientKeys({ Client: clients }: Provider): void {
  const tended = new WeakSet<Client>()
  const find = clients.find.bind(clients)
  clients.find = async id => {
    const client = await find(id)
    if (client?.jwksUri && !tended.has(client)) {
      tended.add(client)
      maintainKeyStore(
        client,
        (client as unknown as { readonly asymmetricKeyStore: ClientKeyStore }).asymmetricKeyStore,
      )
    }
    return client
  }
}
