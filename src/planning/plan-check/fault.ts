/** What can be wrong with a plan: each code with the rule of docs/planning.md that it breaks. */
export const ruleOfFault = {
  malformed: 'the file',
  'other-instance': 'the file',
  'unknown-name': 'the file',
  'session-id-twice': 'the file',
  'no-officer': 'a route',

  'team-twice': 'rule 1',
  'officer-twice': 'rule 1',
  'kit-twice': 'rule 1',
  'officer-of-other-team': 'rule 1',
  'officer-away': 'rule 1',
  'kit-away': 'rule 1',

  'leaves-from-elsewhere': 'rule 2',
  'session-elsewhere': 'rule 2',
  'no-leg-between-sites': 'rule 2',
  'ends-elsewhere': 'rule 2',
  overlap: 'rule 2',
  'set-up-short': 'rule 2',
  'pack-up-short': 'rule 2',
  'leg-minutes': 'rule 2',
  'leg-km': 'rule 2',
  'no-road': 'rule 2',
  'no-boat': 'rule 2',

  'kit-not-fetched': 'rule 3',
  'kit-not-brought-back': 'rule 3',
  'kits-of-two-places': 'rule 3',

  'empty-session': 'rule 4',
  'outside-shift': 'rule 4',
  'site-closed': 'rule 4',
  'in-break': 'rule 4',
  'two-sites-in-a-shift': 'rule 4',

  'outside-ordinary-hours': 'rule 5',
  'outside-order': 'rule 5',
  'overtime-without-order': 'rule 5',
  'overtime-above-order': 'rule 5',

  'month-cap': 'rule 6',
  'year-cap': 'rule 6',
  'rest-day-cap': 'rule 6',

  'kit-not-on-route': 'rule 7',
  'over-kit-capacity': 'rule 7',
  'over-officer-capacity': 'rule 7',
  'too-few-officers': 'rule 7',

  'over-served': 'rule 8',
  'demand-elsewhere': 'rule 8',

  'locked-not-kept': 'rule 9',
  'keeps-another': 'rule 9',

  'route-number': 'a number',
  'served-number': 'a number',
  'objective-number': 'a number',
  'late-list': 'a number',
  'late-reason': 'a number',
  'bound-above': 'a number',
  'gap-number': 'a number',
} as const

export type PlanFaultCode = keyof typeof ruleOfFault

export type PlanFault = {
  readonly code: PlanFaultCode
  readonly team?: string | undefined
  readonly day?: string | undefined
  readonly session?: string | undefined
  /** What is wrong, with the numbers. */
  readonly sentence: string
}

export type FaultPlace = Pick<PlanFault, 'team' | 'day' | 'session'>

/** Takes down one fault. */
export type Report = (code: PlanFaultCode, sentence: string, at?: FaultPlace) => void
