import type { Day } from '../../platform/day.ts'
import type { LawRows } from '../../platform/law.ts'
import type { CardContent } from '../content.ts'
import type { MrzOptions } from '../mrz.ts'

/** All that is printed on one card. */
export type PrintedFace = {
  readonly content: CardContent
  /** The day of issue decides the layout: up to 30 June 2024 that of 2021, from 1 July 2024 that of 2024. */
  readonly issuedOn: Day
  /** Absent = a card without term. */
  readonly expiresOn?: Day | undefined
  readonly serial: string
  /** A JPEG that stands upright. Only a child under six, on a card of 2024, has none (LCC Art. 23). */
  readonly portrait?: Buffer | undefined
  /** A PNG, on the back, of who issues the card. */
  readonly signature?: Buffer | undefined
  /** A card of a demonstration house is marked across both sides. */
  readonly specimen: boolean
  /** Drawn before the card was made, to be looked at: marked as such, whatever the house. */
  readonly proof?: boolean | undefined
  readonly mrz?: MrzOptions | undefined
  /** The rows of law of the house that draws it. */
  readonly lawRows?: LawRows | undefined
}
