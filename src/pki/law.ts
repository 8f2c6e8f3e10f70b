import { policy } from '../platform/law.ts'

/** How long the keys and certificates last under which cards are signed, and how many custodians there are. Pure. */

/** The country of an authority, as certificates and the zone name it (ISO 3166-1). */
export const issuingCountry = { twoLetters: 'VN', threeLetters: 'VNM' } as const

/**
 * `authorityYears`: how long a key of the authority signs (ICAO 9303-12, section 3.1: three to five years).
 * `signerDays`: how long a key of a document signer signs (section 3.1: at most three months). `cardYears`: how long
 * what it signs is to be verified; a card without term is carried from sixty to the end of a life. Certificates hold as
 * long as the last card that their keys may have signed.
 */
export const keyPeriods = policy('pki.key-periods', { authorityYears: 5, signerDays: 90, cardYears: 60 })

/** A list of revoked signers is issued at least every ninety days, also where it is empty (ICAO 9303-12, section 6). */
export const revocationListDays = policy('pki.revocation-list-days', 90)

/** Whoever has to bring custodians together is told so many days ahead. */
export const ceremonyNoticeDays = policy('pki.ceremony-notice-days', 14)

/** How many custodians there may be; at least two open a key together. */
export const custodianLimits = { least: 2, most: 16 } as const
