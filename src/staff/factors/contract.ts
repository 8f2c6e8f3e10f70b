import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'

const Fresh = Type.Object({ fresh: Type.Literal(true) })
const refusals = ['factor-refused', 'factor-slowed'] as const

export const factorOptions = endpoint({
  method: 'POST',
  path: '/me/second-factor/options',
  summary: 'What I can give as second factor, with options for navigator.credentials.get() where I have a passkey',
  right: 'signed-in',
  purpose: 'none',
  reply: Type.Object({
    app: Type.Boolean(),
    /** PublicKeyCredentialRequestOptionsJSON (WebAuthn level 3, section 5.5). */
    passkey: Type.Optional(Type.Any()),
    demonstration: Type.Boolean(),
  }),
})

export const giveSecondFactor = endpoint({
  method: 'POST',
  path: '/me/second-factor',
  summary:
    'Give my second factor again: for some minutes approvals, exports and rights of officers need none. Give ' +
    'the code of an app, or a browser’s answer to the options. The session goes on under another cookie',
  right: 'signed-in',
  purpose: 'none',
  body: Type.Object({
    code: Type.Optional(Type.String({ maxLength: 20 })),
    challenge: Type.Optional(Type.String({ maxLength: 200 })),
    /** AuthenticationResponseJSON (WebAuthn level 3, section 5.1). */
    answer: Type.Optional(Type.String({ maxLength: 8000 })),
  }),
  reply: Fresh,
  problems: [...refusals],
})

export const giveDemonstrationFactor = endpoint({
  method: 'POST',
  path: '/me/second-factor/demonstration',
  summary: 'In a demonstration alone: give the known second factor of its officer',
  right: 'signed-in',
  purpose: 'none',
  reply: Fresh,
  problems: [...refusals, 'page-unknown'],
})
