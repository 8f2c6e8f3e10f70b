import Provider, { type KoaContextWithOIDC } from 'oidc-provider'
import { now } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { readSubject } from '../artifact.ts'
import { levelOf, strengthOfAmr } from '../assurance.ts'
import { findCurrentExchange, getCurrentExchange } from '../exchange/exchange.ts'
import type { CitizenSessionId } from '../session.ts'
import * as sessions from '../sessions/sessions.ts'
import { partyIdOf } from './client.ts'

/** Consequences of the provider's events, in the same work. */

type IssuedCode = {
  readonly accountId?: string
  readonly amr?: unknown
  readonly acr?: unknown
  readonly scopes?: Iterable<string>
}

/** Each issued code is a sign-in in the person's history (NĐ59/2022 Art. 21). */
function queueVisit(code: IssuedCode): void {
  const subject = readSubject(code.accountId)
  const ctx = Provider.ctx as KoaContextWithOIDC | undefined
  const client = ctx?.oidc.client
  if (!subject || !client) return
  getCurrentExchange().visits.push({
    id: newId<'visit'>(now()),
    personId: subject.personId,
    childId: subject.childId ?? null,
    clientId: client.clientId,
    partyId: partyIdOf(client),
    level: levelOf(code.acr) ?? 1,
    strength: strengthOfAmr(code.amr as string[] | undefined),
    scopes: [...(code.scopes ?? [])],
  })
}

/** Signing out at a party with a yes ends the citizen session too: the next sign-in asks for everything. */
function queueSessionEnd({ accountId }: { readonly accountId?: string }): void {
  const { also, behind } = getCurrentExchange()
  const subject = readSubject(accountId)
  if (!subject || !behind) return
  also.push(async work => {
    await sessions.endSessions(work, subject.personId, 'signed-out', { only: behind as CitizenSessionId })
  })
}

type NotifiedClient = { readonly clientId: string; backchannelLogout(subject: string, sid: string): Promise<void> }

/**
 * Parties get a logout notice by a job, which the same transaction queues and which retries, without delaying the
 * person.
 */
function queueLogoutNotices(provider: Provider): void {
  const client = provider.Client.prototype as unknown as NotifiedClient
  const tell = client.backchannelLogout
  client.backchannelLogout = async function (this: NotifiedClient, subject: string, sid: string): Promise<void> {
    const exchange = findCurrentExchange()
    if (!exchange) return tell.call(this, subject, sid)
    const { clientId } = this
    exchange.also.push(work => queueJob(work, sessions.logoutJob, { clientId, sid, subject }))
  }
}

/** Call it once for each provider. */
export function followProvider(provider: Provider): void {
  provider.on('authorization_code.saved', code => queueVisit(code as unknown as IssuedCode))
  provider.on('session.destroyed', session => queueSessionEnd(session as unknown as { accountId?: string }))
  queueLogoutNotices(provider)
}
