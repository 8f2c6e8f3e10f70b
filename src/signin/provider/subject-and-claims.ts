import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { now } from '../../platform/clock.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import { readSubject, type SignInSubject, subjectText } from '../artifact.ts'
import { strengthOfAmr } from '../assurance.ts'
import {
  openedBy,
  personClaims,
  readClaimValues,
  requestedPersonClaims,
  scopes,
  subjectPersonId,
} from '../consents/claim-values.ts'
import { coalescedReads } from '../exchange/coalesced-reads.ts'
import { getCurrentExchange, readInExchange } from '../exchange/exchange.ts'
import { type AccountStatus, accountStatusOf, findAccountStatus } from '../sessions/account-status.ts'
import { allowedClaims, partyIdOf } from './client.ts'

/** Pairwise by party (OpenID Connect Core 8.1): the clients of one party share a person's sub, two parties never do. */
export const pairwiseSubject = (party: string, subject: string): string => pepper('pairwise', party, subject)
export const subjectForClient = (subject: string, client: Client): string =>
  pairwiseSubject(partyIdOf(client) || client.clientId, subject)

const withoutChild = ({ personId, accountId }: SignInSubject): SignInSubject => ({ personId, accountId })

/**
 * The claims that the answer will have: those of the granted scopes at this place, and those requested by name; all of
 * them allowed for the client now.
 */
function requestedClaims(use: string, ctx: KoaContextWithOIDC, requested: object): Set<string> {
  const named = Object.keys(requested ?? {})
  const granted = use === 'id_token' ? new Set<string>() : (ctx.oidc.accessToken?.scopes ?? new Set<string>())
  const opened = openedBy(scopes.filter(scope => granted.has(scope)))
  const open = allowedClaims(ctx.oidc.client as Client)
  return new Set([...opened, ...named].filter(claim => open.has(claim)))
}

/** The present status of a subject; a child's includes the parent. */
async function readAccountStatus(subject: SignInSubject): Promise<AccountStatus | undefined> {
  if (subject.childId) return readInExchange(work => findAccountStatus(work, subject))
  return accountStatusOf(
    await coalescedReads(getCurrentExchange().openWork).accounts(subject.personId),
    subject.accountId,
    now(),
  )
}

/** Reads a person's claims for a party. The request's own work, in which the party acts, records the reading. */
async function readClaims(ctx: KoaContextWithOIDC, subject: SignInSubject, claims: ReadonlySet<string>) {
  const { openWork, readings } = getCurrentExchange()
  const person = await coalescedReads(openWork).person(subjectPersonId(subject))
  if (!person) return {}
  readings.push({
    partyId: partyIdOf(ctx.oidc.client),
    personId: subjectPersonId(subject),
    fields: requestedPersonClaims(claims),
  })
  return readInExchange(work => readClaimValues(work, subject, claims, person))
}

/** The present status and claims of a person; undefined if the account cannot sign in. */
export async function findAccount(ctx: KoaContextWithOIDC, accountId: string, token?: { amr?: string[] }) {
  const subject = readSubject(accountId)
  if (!subject) return undefined
  const stands = await readAccountStatus(subject)
  if (!stands) return undefined
  const amr = token?.amr ?? (ctx.oidc.session?.amr as string[] | undefined)
  return {
    accountId,
    async claims(use: string, _scope: string, asked: object, _rejected: readonly string[]) {
      const about = {
        sub: accountId,
        account_level: stands.level,
        ...(use === 'id_token' && { auth_strength: strengthOfAmr(amr) }),
        ...(subject.childId && {
          act: { sub: subjectForClient(subjectText(withoutChild(subject)), ctx.oidc.client as Client) },
        }),
      }
      const wanted = requestedClaims(use, ctx, asked)
      if (!personClaims.some(claim => wanted.has(claim))) return about
      return { ...about, ...(await readClaims(ctx, subject, wanted)) }
    },
  }
}
