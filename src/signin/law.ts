import { law, policy } from '../platform/law.ts'

/** What the law says of acting for a child, and the house's own limits of sessions and keys. Pure. */

/** Below which age a child acts through a parent's account: one's own account begins there. */
export const childUntilAge = law('signin.child-until-age', [
  { from: '', value: 14, article: 'Art. 11', source: 'NĐ59/2022', verifiedOn: '2026-11-29', confidence: 'high' },
  {
    from: '2024-07-01',
    value: 14,
    article: 'Art. 7',
    source: 'NĐ69/2024',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/**
 * A session that nobody uses ends after so many minutes: whoever finds the browser then is asked who they are. Every
 * session ends after so many hours, and with it what parties were given in it; until then a party, which has limits of
 * its own, goes on with it while the person is at the party and not here.
 */
export const sessionLimits = policy('signin.session', { idleMinutes: 30, hours: 12 })

/** Days without a sign-in after which a person is told of the next: nobody looks at an account that was left alone. */
export const absenceDays = policy('signin.absence-days', 180)

/**
 * Minutes after a factor was proved in which a person changes what they sign in by, or ends a session, without proving
 * it again: whoever finds an open browser changes nothing of that.
 */
export const stepUpMinutes = policy('signin.step-up-minutes', 15)

/** Years after which a consent ends and is asked for anew. */
export const consentYears = policy('signin.consent-years', 1)

/**
 * Minutes for which what the provider issues is good, and for which a page of a sign-in waits. The provider is made
 * with them once, so no installation changes them.
 */
export const tokenMinutes = { accessToken: 10, code: 1, idToken: 10, interaction: 30, pendingSignIn: 10 } as const

/** Minutes after its end that what nobody can use any more is kept. */
export const artifactsKept = policy('signin.artifacts-kept-minutes', 10)

/**
 * The keys that sign: a next one is published for a day before it signs, a retired one for as long as what it signed
 * may count.
 */
export const keyTerms = policy('signin.key-terms', { nextForHours: 24, activeForDays: 90, retiredForHours: 25 })

/**
 * The clocks of parties, in seconds: a clock that is ahead is accepted by so much, and never by more than a minute
 * (FAPI 2.0 Security Profile 5.3.2.1); a proof is valid so long from its iat (RFC 9449, section 11.1), as in
 * oidc-provider; an assertion is valid no longer than `longestAssertion`, since it is made for one request and would
 * have to be remembered as long.
 */
export const partyClockSeconds = { ahead: 10, mostAhead: 60, proof: 300, longestAssertion: 3600 } as const

/**
 * Keys that a party publishes at its own address, in seconds: what was read is trusted so long, goes on so long where
 * the address cannot be read, and is then tried again so often.
 */
export const partyKeySeconds = { trusted: 60, held: 600, retry: 30 } as const

/** Seconds that a used refresh token works once more if its successor was not used, because the answer was lost. */
export const lostAnswerSeconds = 60

/**
 * Minutes to which the end of a session's row is rounded up: each sign-in extends the session, and a rounded end lets
 * the row change in place, without its index.
 */
export const sessionEndGrainMinutes = 10

/** Seconds after which the provider looks whether the keys that sign have changed. */
export const providerRefreshSeconds = 30
