import { Type } from 'typebox'
import { anyone, endpoint } from '../../platform/endpoint.ts'
import { oneOf } from '../../platform/shapes.ts'

const Fresh = Type.Object({ fresh: Type.Literal(true) })
const refusals = ['factor-refused', 'factor-slowed'] as const

export const factorOptions = endpoint({
  method: 'POST',
  path: '/me/second-factor/options',
  summary: 'What I can give as second factor, with options for navigator.credentials.get() where I have a passkey',
  right: 'signed-in',
  purpose: 'none',
  sentAgain: 'by-hand',
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
  sentAgain: 'by-hand',
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
  sentAgain: 'by-hand',
  reply: Fresh,
  problems: [...refusals, 'page-unknown'],
})

/** What a sign-in over an open page can be given after its password. */
const SignInWays = Type.Object({
  app: Type.Boolean(),
  /** PublicKeyCredentialRequestOptionsJSON (WebAuthn level 3, section 5.5). */
  passkey: Type.Optional(Type.Any()),
  /** To where a code can be sent, with most of it left out. */
  mail: Type.Optional(Type.String()),
  demonstration: Type.Boolean(),
})

const ofSignIn = { right: anyone, purpose: 'none', rate: 'officers-sign-in', sentAgain: 'by-hand' } as const

export const signInOverPage = endpoint({
  ...ofSignIn,
  method: 'POST',
  path: '/sign-in',
  summary: 'Sign in over a page that stays open, first step: login and password. The second step begins the session',
  body: Type.Object({ login: Type.String({ maxLength: 40 }), password: Type.String({ maxLength: 400 }) }),
  reply: Type.Object({
    outcome: oneOf(['password-right', 'add-factor', 'refused', 'slowed', 'no-post', 'no-factor'] as const),
    /** How long to wait for the next try. */
    seconds: Type.Optional(Type.Integer()),
    ways: Type.Optional(SignInWays),
  }),
})

const Finished = Type.Object({
  outcome: oneOf(['signed-in', 'wrong', 'slowed', 'over'] as const),
  seconds: Type.Optional(Type.Integer()),
  /** Whose session began: a page of another officer is left. */
  officerId: Type.Optional(Type.String({ format: 'uuid' })),
  /** A password that somebody else gave is changed first, on its page. */
  mustChangePassword: Type.Optional(Type.Boolean()),
})

export const finishSignInOverPage = endpoint({
  ...ofSignIn,
  method: 'POST',
  path: '/sign-in/second-factor',
  summary: 'The second step: the code of an app, the code that was sent by mail, or a browser’s answer to the options',
  body: Type.Object({
    way: oneOf(['totp', 'mail', 'passkey'] as const),
    code: Type.Optional(Type.String({ maxLength: 20 })),
    challenge: Type.Optional(Type.String({ maxLength: 200 })),
    /** AuthenticationResponseJSON (WebAuthn level 3, section 5.1). */
    answer: Type.Optional(Type.String({ maxLength: 8000 })),
  }),
  reply: Finished,
})

export const sendSignInCode = endpoint({
  ...ofSignIn,
  method: 'POST',
  path: '/sign-in/mail-code',
  summary: 'Have a code sent by mail for the second step, where that is enough',
  reply: Type.Object({
    outcome: oneOf(['sent', 'slowed', 'not-by-mail', 'over'] as const),
    seconds: Type.Optional(Type.Integer()),
  }),
})

export const finishDemonstrationSignIn = endpoint({
  ...ofSignIn,
  method: 'POST',
  path: '/sign-in/demonstration',
  summary: 'In a demonstration alone: the second step by the known second factor of its officer',
  reply: Finished,
  problems: ['page-unknown'],
})
