import { numberText, roundedText, signed } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'

/** What one plan has more or less than another, in the parts of its price. */
export type PlanCost = {
  readonly latePeople: number
  readonly overtimeMinutes: number
  readonly travelMinutes: number
  readonly movedSessions: number
  readonly km: number
}

export const costBetween = (before: PlanCost, after: PlanCost): PlanCost => ({
  latePeople: after.latePeople - before.latePeople,
  overtimeMinutes: after.overtimeMinutes - before.overtimeMinutes,
  travelMinutes: after.travelMinutes - before.travelMinutes,
  movedSessions: after.movedSessions - before.movedSessions,
  km: Math.round((after.km - before.km) * 10) / 10,
})

/** "+14 người trễ, +35 phút làm thêm": what changes, and nothing of what does not. */
export function useCostText() {
  const { say } = useLanguage()
  return (cost: PlanCost, parts: 'all' | 'short' = 'all'): string => {
    const said = [
      cost.latePeople !== 0 && say('cost-late', { n: signed(cost.latePeople) }),
      cost.overtimeMinutes !== 0 && say('cost-overtime', { n: signed(cost.overtimeMinutes) }),
      cost.travelMinutes !== 0 && say('cost-travel', { n: signed(cost.travelMinutes) }),
      cost.movedSessions !== 0 && say('cost-moved', { n: signed(cost.movedSessions) }),
      parts === 'all' && cost.km !== 0 && say('cost-km', { n: kmText(cost.km) }),
    ].filter(text => text !== false)
    return said.length > 0 ? said.slice(0, parts === 'short' ? 2 : said.length).join(', ') : say('cost-nothing')
  }
}

const kmText = (km: number) =>
  `${km > 0 ? '+' : '−'}${Math.abs(km) < 10 ? roundedText(Math.abs(km), 1) : numberText(Math.abs(km))}`

/** What a planner can do something about, the plainest first; all others follow from these. */
const plainFaults = [
  'locked-not-kept',
  'site-closed',
  'outside-ordinary-hours',
  'outside-order',
  'two-sites-in-a-shift',
  'officer-away',
  'kit-away',
  'kit-twice',
  'no-boat',
  'session-elsewhere',
  'month-cap',
  'year-cap',
  'rest-day-cap',
  'overtime-above-order',
  'too-few-officers',
]

/** So many are told; whoever mends these has mended the rest. */
const mostFaults = 3

/** The faults that are told of a place: each once, at most three. */
export function toldFaults(codes: readonly string[]): readonly string[] {
  const all = [...new Set(codes)]
  const plain = plainFaults.filter(code => all.includes(code))
  return (plain.length > 0 ? plain : all).slice(0, mostFaults)
}

/** A fault of the checker in the words of who plans; one that a planner never causes by its code. */
export function useFaultText() {
  const { say, isWord } = useLanguage()
  return (code: string): string => {
    const key = `fault-${code}`
    return isWord(key) ? say(key) : say('fault-other', { code })
  }
}

/** A shift by its usual name; one of a file as the file calls it. */
export function useShiftText() {
  const { say } = useLanguage()
  return (shift: string): string =>
    shift === 'morning' || shift === 'afternoon' || shift === 'evening' ? say(`shift-${shift}`) : shift
}
