import Provider, { type KoaContextWithOIDC } from 'oidc-provider'
import { now } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { readSubject } from '../artifact.ts'
import { levelOf, strengthOfAmr } from '../assurance.ts'
import { currentExchange, theExchange } from '../exchange/exchange.ts'
import type { SessionId } from '../session.ts'
import * as sessions from '../sessions/sessions.ts'
import { partyOf } from './client.ts'

/** Consequences of the provider's events, in the same work. */

type Code = {
  readonly accountId?: string
  readonly amr?: unknown
  readonly acr?: unknown
  readonly scopes?: Iterable<string>
}

/** Each issued code is a sign-in in the person's history (NĐ59/2022 Art. 21). */
function noteVisit(code: Code): void {
  const subject = readSubject(code.accountId)
  const ctx = Provider.ctx as KoaContextWithOIDC | undefined
  const client = ctx?.oidc.client
  if (!subject || !client) return
  theExchange().visits.push({
    id: newId<'visit'>(now()),
    personId: subject.personId,
    childId: subject.childId ?? null,
    clientId: client.clientId,
    partyId: partyOf(client),
    level: levelOf(code.acr) ?? 1,
    strength: strengthOfAmr(code.amr as string[] | undefined),
    scopes: [...(code.scopes ?? [])],
  })
}

/** Signing out at a party with a yes ends the citizen session too: the next sign-in asks for everything. */
function endSession({ accountId }: { readonly accountId?: string }): void {
  const { also, behind } = theExchange()
  const subject = readSubject(accountId)
  if (!subject || !behind) return
  also.push(async work => {
    await sessions.end(work, subject.personId, 'signed-out', { only: behind as SessionId })
  })
}

type Told = { readonly clientId: string; backchannelLogout(subject: string, sid: string): Promise<void> }

/**
 * Parties get a logout notice by a job, which the same transaction queues and which retries, without delaying the
 * person.
 */
function tellLater(provider: Provider): void {
  const client = provider.Client.prototype as unknown as Told
  const tell = client.backchannelLogout
  client.backchannelLogout = async function (this: Told, subject: string, sid: string): Promise<void> {
    const exchange = currentExchange()
    if (!exchange) return tell.call(this, subject, sid)
    const { clientId } = this
    exchange.also.push(work => queueJob(work, sessions.logoutJob, { clientId, sid, subject }))
  }
}

/** Call it once for each provider. */
export function follow(provider: Provider): void {
  provider.on('authorization_code.saved', code => noteVisit(code as unknown as Code))
  provider.on('session.destroyed', session => endSession(session as unknown as { accountId?: string }))
  tellLater(provider)
}
