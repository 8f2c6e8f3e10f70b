import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { peppered } from '../../platform/sealing/sealing.ts'
import { readSubject, type Subject, subjectText } from '../artifact.ts'
import { strengthOfAmr } from '../assurance.ts'
import { aboutWhom, askedOf, openedBy, personClaims, readValues, scopes } from '../consents/claims.ts'
import { ask } from '../exchange/asked.ts'
import { asking, theExchange } from '../exchange/exchange.ts'
import { type Standing, standing, standingOf } from '../sessions/account-status.ts'
import { claimsOpenTo, partyOf } from './client.ts'

/** Pairwise by party (OpenID Connect Core 8.1): the clients of one party share a person's sub, two parties never do. */
export const subjectAt = (party: string, subject: string): string => peppered('pairwise', party, subject)
export const subjectFor = (subject: string, client: Client): string =>
  subjectAt(partyOf(client) || client.clientId, subject)

const parentOf = ({ personId, accountId }: Subject): Subject => ({ personId, accountId })

/**
 * The claims that the answer will have: those of the granted scopes at this place, and those requested by name; all of
 * them allowed for the client now.
 */
function wantedOf(use: string, ctx: KoaContextWithOIDC, asked: object): Set<string> {
  const named = Object.keys(asked ?? {})
  const granted = use === 'id_token' ? new Set<string>() : (ctx.oidc.accessToken?.scopes ?? new Set<string>())
  const opened = openedBy(scopes.filter(scope => granted.has(scope)))
  const open = claimsOpenTo(ctx.oidc.client as Client)
  return new Set([...opened, ...named].filter(claim => open.has(claim)))
}

/** The present status of a subject; a child's includes the parent. */
async function standingNow(subject: Subject): Promise<Standing | undefined> {
  if (subject.childId) return asking(work => standing(work, subject))
  return standingOf(await ask(theExchange().openWork).accounts(subject.personId), subject.accountId)
}

/** Reads a person's claims for a party. The request's own work, in which the party acts, records the reading. */
async function readFor(ctx: KoaContextWithOIDC, subject: Subject, wanted: ReadonlySet<string>) {
  const { openWork, readings } = theExchange()
  const person = await ask(openWork).person(aboutWhom(subject))
  if (!person) return {}
  readings.push({ partyId: partyOf(ctx.oidc.client), personId: aboutWhom(subject), fields: askedOf(wanted) })
  return asking(work => readValues(work, subject, wanted, person))
}

/** The present status and claims of a person; undefined if the account cannot sign in. */
export async function findAccount(ctx: KoaContextWithOIDC, accountId: string, token?: { amr?: string[] }) {
  const subject = readSubject(accountId)
  if (!subject) return undefined
  const stands = await standingNow(subject)
  if (!stands) return undefined
  const amr = token?.amr ?? (ctx.oidc.session?.amr as string[] | undefined)
  return {
    accountId,
    async claims(use: string, _scope: string, asked: object, _rejected: readonly string[]) {
      const about = {
        sub: accountId,
        account_level: stands.level,
        ...(use === 'id_token' && { auth_strength: strengthOfAmr(amr) }),
        ...(subject.childId && { act: { sub: subjectFor(subjectText(parentOf(subject)), ctx.oidc.client as Client) } }),
      }
      const wanted = wantedOf(use, ctx, asked)
      if (!personClaims.some(claim => wanted.has(claim))) return about
      return { ...about, ...(await readFor(ctx, subject, wanted)) }
    },
  }
}
