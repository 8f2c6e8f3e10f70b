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

/** What follows from what the provider does, in the same work. */

type Code = {
  readonly accountId?: string
  readonly amr?: unknown
  readonly acr?: unknown
  readonly scopes?: Iterable<string>
}

/** Each code that is given is a visit in the person's history (NĐ59/2022 Art. 21). */
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

/** Who signs out at a party, and says yes, is signed out of this house too: the next sign-in asks for everything. */
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
 * Parties are told of a sign-out by a job that is queued in the same transaction and tried again, and not while the
 * person waits.
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

/** Once a provider. */
export function follow(provider: Provider): void {
  provider.on('authorization_code.saved', code => noteVisit(code as unknown as Code))
  provider.on('session.destroyed', session => endSession(session as unknown as { accountId?: string }))
  tellLater(provider)
}
