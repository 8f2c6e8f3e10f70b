import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { wholeNumberFrom } from '../platform/shapes.ts'
import { authMethods, grantTypes, signingAlgorithms, versionStates } from './client.ts'
import { partyKinds, partyStates } from './party.ts'
import { quotaKinds } from './quota.ts'
import { scopeNames } from './scope-claims.ts'

/** Relying parties over the wire, for officers; engineers have their own pages. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const CountShape = wholeNumberFrom(0)
const Text = Type.String({ maxLength: 500 })
const ClientId = Type.String({ minLength: 1, maxLength: 64 })
const Reason = Type.Object({ reason: Type.String({ maxLength: 500 }) })
const Empty = Type.Object({})
const partyParams = Type.Object({ id: Uuid })
const clientParams = Type.Object({ clientId: ClientId })
const versionParams = Type.Object({ clientId: ClientId, number: wholeNumberFrom(1) })
const noOtherProperties = { additionalProperties: false }

const Basis = Type.Object({ text: Text, article: Text })
const Contact = Type.Object({ name: Text, email: Type.String({ maxLength: 254 }) })

const PartyBody = Type.Object(
  { nameVi: Text, nameEn: Text, kind: Type.Enum([...partyKinds]), basis: Type.Optional(Basis), contact: Contact },
  noOtherProperties,
)

/** A public key (RFC 7517), whose members are texts. */
const KeyShape = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2_000 }), { maxProperties: 20 })

/** The settings of a client, which are reviewed as a whole. Addresses are exact; keys are public only. */
const Settings = Type.Object(
  {
    redirectUris: Type.Array(Text, { maxItems: 20 }),
    postLogoutRedirectUris: Type.Array(Text, { maxItems: 20 }),
    backchannelLogoutUri: Type.Optional(Text),
    authMethod: Type.Enum([...authMethods]),
    signingAlgorithm: Type.Optional(Type.Enum([...signingAlgorithms])),
    jwksUri: Type.Optional(Text),
    jwks: Type.Optional(Type.Object({ keys: Type.Array(KeyShape, { maxItems: 20 }) }, noOtherProperties)),
    grants: Type.Array(Type.Enum([...grantTypes]), { maxItems: 5 }),
    purposes: Type.Array(
      Type.Object(
        { scope: Type.Enum([...scopeNames]), vi: Text, en: Text, optional: Type.Boolean() },
        noOtherProperties,
      ),
      {
        maxItems: 20,
      },
    ),
    fapi: Type.Boolean(),
    level: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
  },
  noOtherProperties,
)

/** `own`: the reader registered, wrote or submitted it and may not decide on it. */
const PartyHead = Type.Object({
  id: Uuid,
  nameVi: Type.String(),
  nameEn: Type.String(),
  kind: Type.Enum([...partyKinds]),
  basis: Type.Optional(Basis),
  state: Type.Enum([...partyStates]),
  registeredAt: Instant,
  /** An officer's name; empty if an engineer of the party did it. */
  registeredBy: Type.String(),
  submittedAt: Type.Optional(Instant),
  decidedAt: Type.Optional(Instant),
  reason: Type.Optional(Type.String()),
  own: Type.Boolean(),
})

const VersionShape = Type.Object({
  number: CountShape,
  state: Type.Enum([...versionStates]),
  settings: Settings,
  madeAt: Instant,
  madeBy: Type.String(),
  submittedAt: Type.Optional(Instant),
  decidedAt: Type.Optional(Instant),
  reason: Type.Optional(Type.String()),
  own: Type.Boolean(),
})

const ClientShape = Type.Object({
  clientId: ClientId,
  name: Type.String(),
  sandbox: Type.Boolean(),
  state: Type.Enum(['active', 'suspended']),
  reason: Type.Optional(Type.String()),
  madeAt: Instant,
  /** The latest first. */
  versions: Type.Array(VersionShape),
  quotas: Type.Array(
    Type.Object({
      what: Type.Enum([...quotaKinds]),
      perMinute: CountShape,
      perDay: CountShape,
      /** No officer has set another quota. */
      usual: Type.Boolean(),
      usedToday: CountShape,
    }),
  ),
})

const PartyWhole = Type.Object({ ...PartyHead.properties, contact: Contact, clients: Type.Array(ClientShape) })

const TwoLanguageText = Type.Object({ vi: Type.String(), en: Type.String() })
const Note = Type.Object({
  at: Instant,
  clientId: Type.Optional(ClientId),
  endpoint: Type.String(),
  outcome: Type.Enum(['passed', 'failed']),
  check: Type.Optional(Type.String()),
  means: Type.Optional(TwoLanguageText),
  mend: Type.Optional(TwoLanguageText),
  /** The standard's error code of the answer. */
  error: Type.Optional(Type.String()),
  /** Names of parameters. */
  detail: Type.Optional(Type.String()),
  /** How far the party's clock is ahead of ours, if the check is about time. */
  seconds: Type.Optional(Type.Integer()),
})

export const partyList = endpoint({
  method: 'GET',
  path: '/parties',
  summary: 'Relying parties: those that wait for a decision first, then by name',
  right: 'parties.read',
  purpose: 'none',
  reply: Type.Object({
    parties: Type.Array(
      Type.Object({ ...PartyHead.properties, live: CountShape, sandbox: CountShape, waiting: CountShape }),
    ),
  }),
})

export const partyCounts = endpoint({
  method: 'GET',
  path: '/parties/counts',
  summary: 'How many organisations, or settings of their software, wait for another officer than who registered them',
  right: 'parties.approve',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({ toApprove: Type.Integer({ minimum: 0 }) }),
})

export const partyOne = endpoint({
  method: 'GET',
  path: '/parties/:id',
  summary: 'A relying party with its clients, their versions and quotas',
  right: 'parties.read',
  purpose: 'none',
  params: partyParams,
  reply: PartyWhole,
  problems: ['party-unknown'],
})

export const partyRegister = endpoint({
  method: 'POST',
  path: '/parties',
  summary: 'Register a relying party, as a draft; who reads the contact’s address may sign in for it',
  right: 'parties.manage',
  purpose: 'none',
  body: PartyBody,
  reply: PartyWhole,
  problems: ['party-wrong'],
})

export const partyChange = endpoint({
  method: 'PUT',
  path: '/parties/:id',
  summary: 'Change what is said of a party that was not approved yet',
  right: 'parties.manage',
  purpose: 'none',
  params: partyParams,
  body: PartyBody,
  reply: PartyWhole,
  problems: ['party-unknown', 'party-move-refused', 'party-wrong'],
})

export const partySubmit = endpoint({
  method: 'POST',
  path: '/parties/:id/submit',
  summary: 'Submit a party for approval',
  right: 'parties.manage',
  purpose: 'none',
  params: partyParams,
  body: Empty,
  reply: PartyWhole,
  problems: ['party-unknown', 'party-move-refused'],
})

export const partyApprove = endpoint({
  method: 'POST',
  path: '/parties/:id/approve',
  summary: 'Approve a party, or let a suspended one go on; never what one registered or submitted oneself',
  right: 'parties.approve',
  purpose: 'none',
  params: partyParams,
  body: Empty,
  reply: PartyWhole,
  problems: ['party-unknown', 'party-move-refused', 'party-own-work'],
})

export const partyRefuse = endpoint({
  method: 'POST',
  path: '/parties/:id/refuse',
  summary: 'Refuse a party, with the reason that its engineers read',
  right: 'parties.approve',
  purpose: 'none',
  params: partyParams,
  body: Reason,
  reply: PartyWhole,
  problems: ['party-unknown', 'party-move-refused', 'party-own-work', 'party-reason-needed'],
})

export const partySuspend = endpoint({
  method: 'POST',
  path: '/parties/:id/suspend',
  summary: 'Stop all clients of a party; by who manages parties or who approves them',
  right: 'parties.read',
  purpose: 'none',
  params: partyParams,
  body: Reason,
  reply: PartyWhole,
  problems: ['party-unknown', 'party-move-refused', 'party-reason-needed', 'right-missing'],
})

export const clientAdd = endpoint({
  method: 'POST',
  path: '/parties/:id/clients',
  summary: 'Register a client of a party: a sandbox client is in force at once, a live one begins as a draft',
  right: 'parties.manage',
  purpose: 'none',
  params: partyParams,
  body: Type.Object(
    { name: Text, sandbox: Type.Boolean(), clientId: Type.Optional(ClientId), settings: Settings },
    noOtherProperties,
  ),
  reply: PartyWhole,
  problems: ['party-unknown', 'client-wrong'],
})

export const versionWrite = endpoint({
  method: 'POST',
  path: '/clients/:clientId/versions',
  summary: 'Write the next version of a client; the one in force stays so until this is approved',
  right: 'parties.manage',
  purpose: 'none',
  params: clientParams,
  body: Settings,
  reply: PartyWhole,
  problems: ['client-unknown', 'client-wrong', 'version-in-review'],
})

const versionEndpoint = <const Name extends 'submit' | 'withdraw'>(name: Name, summary: string) =>
  endpoint({
    method: 'POST',
    path: `/clients/:clientId/versions/:number/${name}`,
    summary,
    right: 'parties.manage',
    purpose: 'none',
    params: versionParams,
    body: Empty,
    reply: PartyWhole,
    problems: ['client-unknown', 'version-unknown', 'version-move-refused'],
  })

export const versionSubmit = versionEndpoint('submit', 'Submit a version for review')
export const versionWithdraw = versionEndpoint('withdraw', 'Withdraw a version that was not decided on')

export const versionApprove = endpoint({
  method: 'POST',
  path: '/clients/:clientId/versions/:number/approve',
  summary: 'Put a version in force; `scopes` are those whose purpose was looked at, all of them',
  right: 'parties.approve',
  purpose: 'none',
  params: versionParams,
  body: Type.Object({ scopes: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }) }, noOtherProperties),
  reply: PartyWhole,
  problems: [
    'client-unknown',
    'version-unknown',
    'version-move-refused',
    'party-own-work',
    'party-not-approved',
    'version-scope-unreviewed',
  ],
})

export const versionRefuse = endpoint({
  method: 'POST',
  path: '/clients/:clientId/versions/:number/refuse',
  summary: 'Refuse a version, with the reason that the engineers read',
  right: 'parties.approve',
  purpose: 'none',
  params: versionParams,
  body: Reason,
  reply: PartyWhole,
  problems: ['client-unknown', 'version-unknown', 'version-move-refused', 'party-own-work', 'party-reason-needed'],
})

export const clientSuspend = endpoint({
  method: 'POST',
  path: '/clients/:clientId/suspend',
  summary: 'Stop a client; by who manages parties or who approves them',
  right: 'parties.read',
  purpose: 'none',
  params: clientParams,
  body: Reason,
  reply: PartyWhole,
  problems: ['client-unknown', 'client-move-refused', 'party-reason-needed', 'right-missing'],
})

export const clientResume = endpoint({
  method: 'POST',
  path: '/clients/:clientId/resume',
  summary: 'Let a suspended client go on',
  right: 'parties.approve',
  purpose: 'none',
  params: clientParams,
  body: Empty,
  reply: PartyWhole,
  problems: ['client-unknown', 'client-move-refused'],
})

export const quotaSet = endpoint({
  method: 'PUT',
  path: '/clients/:clientId/quota',
  summary: 'Set how often a client may ask',
  right: 'parties.manage',
  purpose: 'none',
  params: clientParams,
  body: Type.Object({ what: Type.Enum([...quotaKinds]), perMinute: CountShape, perDay: CountShape }, noOtherProperties),
  reply: PartyWhole,
  problems: ['client-unknown', 'quota-wrong'],
})

export const flightOne = endpoint({
  method: 'GET',
  path: '/flights/:id',
  summary: 'What the flight recorder noted of a request, by its correlation id (x-request-id)',
  right: 'parties.read',
  purpose: 'none',
  params: Type.Object({ id: Type.String({ maxLength: 60 }) }),
  reply: Type.Object({ notes: Type.Array(Note) }),
  problems: ['flight-unknown'],
})

export const clientFlights = endpoint({
  method: 'GET',
  path: '/clients/:clientId/flights',
  summary: 'How a client fares: which checks fail how often, by the hour, and the latest failures',
  right: 'parties.read',
  purpose: 'none',
  params: clientParams,
  query: Type.Object({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })) }),
  reply: Type.Object({
    passed: CountShape,
    checks: Type.Array(
      Type.Object({
        check: Type.String(),
        means: TwoLanguageText,
        mend: TwoLanguageText,
        count: CountShape,
        hours: Type.Array(Type.Object({ hour: Instant, count: CountShape })),
      }),
    ),
    recent: Type.Array(Type.Object({ ...Note.properties, requestId: Uuid })),
  }),
  problems: ['client-unknown'],
})
