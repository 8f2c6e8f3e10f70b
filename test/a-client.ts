import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Id, newId } from '../src/platform/ids.ts'
import type { TestHouse } from './house.ts'

export type Registered = {
  readonly clientId: string
  readonly redirectUri: string
  readonly key: CryptoKey
  readonly jwk: JWK
}

export type Wish = {
  readonly scopes?: readonly string[]
  readonly optional?: readonly string[]
  readonly fapi?: boolean
  readonly isPublic?: boolean
  readonly legalBasis?: boolean
  readonly grants?: readonly string[]
  readonly sandbox?: boolean
  readonly level?: 1 | 2
  readonly partyId?: Id<'party'>
}

/** Registers a client of a party, approved and in force. */
export async function aClient(house: Pick<TestHouse, 'owner'>, wish: Wish = {}): Promise<Registered> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
  const clientId = `party-${newId<'client'>().slice(-12)}`
  const partyId = wish.partyId ?? newId<'party'>()
  const redirectUri = `http://localhost:9/${clientId}/callback`
  const basis = wish.legalBasis ?? true
  if (!wish.partyId)
    await house.owner(
      `insert into parties.party (id, name_vi, name_en, kind, basis_text, basis_article, contact_name, contact_email,
            state, registered_by_kind, registered_by_id, registered_at, decided_by_id, decided_at)
       values ($1, 'Đăng ký dự thi 2023', 'Exam registration 2023', 'state-body', $2, $3, 'Kỹ sư', 'ky.su@thi.example',
           'approved', 'officer', 'x', now(), 'y', now())`,
      [partyId, basis ? 'Quy chế thi' : null, basis ? 'Điều 1' : null],
    )
  await house.owner(
    `insert into parties.client (client_id, party_id, name, sandbox, state, made_at)
      values ($1, $2, 'web', $3, 'active', now())`,
    [clientId, partyId, wish.sandbox ?? false],
  )
  const scopes = wish.scopes ?? ['profile', 'number', 'birthdate', 'residence', 'phone']
  const settings = {
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [`http://localhost:9/${clientId}/`],
    authMethod: wish.isPublic ? 'none' : 'private_key_jwt',
    ...(!wish.isPublic && { signingAlgorithm: 'ES256', jwks: { keys: [jwk] } }),
    grants: wish.grants ?? ['authorization_code', 'refresh_token'],
    purposes: scopes.map(scope => ({
      scope,
      vi: 'để ghi vào hồ sơ thi',
      en: 'for the exam file',
      optional: (wish.optional ?? ['phone']).includes(scope),
    })),
    fapi: wish.fapi ?? false,
    ...(wish.level && { level: wish.level }),
  }
  await house.owner(
    `insert into parties.version (client_id, number, state, settings, made_by_kind, made_by_id, made_at,
          submitted_by_kind, submitted_by_id, submitted_at, decided_by_id, decided_at)
     values ($1, 1, 'in-force', $2, 'officer', 'x', now(), 'officer', 'x', now(), 'y', now())`,
    [clientId, JSON.stringify(settings)],
  )
  return { clientId, redirectUri, key: privateKey, jwk }
}
