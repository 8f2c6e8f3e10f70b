import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { peppered } from '../../platform/sealing/sealing.ts'
import { readSubject, type Subject, subjectText } from '../artifact.ts'
import { strengthOfAmr } from '../assurance.ts'
import { aboutWhom, askedOf, openedBy, personClaims, readValues, scopes } from '../consents/claims.ts'
import { ask } from '../exchange/asked.ts'
import { asking, theExchange } from '../exchange/exchange.ts'
import { type Standing, standing, standingOf } from '../sessions/account-status.ts'
import { claimsOpenTo, partyOf } from './client.ts'

/** Pairwise by party (OpenID Connect Core 8.1): clients of one party know a person by one name, two parties by two. */
export const subjectAt = (party: string, subject: string): string => peppered('pairwise', party, subject)
export const subjectFor = (subject: string, client: Client): string =>
  subjectAt(partyOf(client) || client.clientId, subject)

const parentOf = ({ personId, accountId }: Subject): Subject => ({ personId, accountId })

/**
 * What the answer will show of a person: claims of the scopes that were granted, where they go, and those asked for one
 * by one; all of them open to the client now.
 */
function wantedOf(use: string, ctx: KoaContextWithOIDC, asked: object): Set<string> {
  const named = Object.keys(asked ?? {})
  const granted = use === 'id_token' ? new Set<string>() : (ctx.oidc.accessToken?.scopes ?? new Set<string>())
  const opened = openedBy(scopes.filter(scope => granted.has(scope)))
  const open = claimsOpenTo(ctx.oidc.client as Client)
  return new Set([...opened, ...named].filter(claim => open.has(claim)))
}

/** How a subject stands at this moment; a child's parent is asked for with the child. */
async function standingNow(subject: Subject): Promise<Standing | undefined> {
  if (subject.childId) return asking(work => standing(work, subject))
  return standingOf(await ask(theExchange().openWork).accounts(subject.personId), subject.accountId)
}

/** What a party reads of a person; that it did is noted in the request's own work, which is the party's for it. */
async function readFor(ctx: KoaContextWithOIDC, subject: Subject, wanted: ReadonlySet<string>) {
  const { openWork, readings } = theExchange()
  const person = await ask(openWork).person(aboutWhom(subject))
  if (!person) return {}
  readings.push({ partyId: partyOf(ctx.oidc.client), personId: aboutWhom(subject), fields: askedOf(wanted) })
  return asking(work => readValues(work, subject, wanted, person))
}

/** How somebody stands at this moment, and what may be said of them; undefined where the account signs nobody in. */
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
