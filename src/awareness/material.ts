import type { Day } from '../platform/day.ts'
import type { Asking } from '../platform/law.ts'
import type { Language } from '../platform/pages/html.ts'
import { fillPlaceholders } from '../platform/pdf/text.ts'
import { dayIn, dayInYearIn, englishMonths } from '../platform/terms/numbers-and-days.ts'
import type { Audience } from './activity.ts'
import type { MaterialKind } from './contract.ts'
import { wordsAMinute } from './law.ts'
import { materialText } from './words.ts'

/** Leaflets, letters and texts, made of a campaign's own facts for one commune or school. Pure. */

export type MaterialFacts = {
  /** The commune, or the school. */
  readonly place: string
  readonly police: string
  /** From which age a card is due by the law of the day. */
  readonly age: number
  readonly safeDays: readonly {
    readonly what: 'card' | 'account'
    readonly officeOn: Day
    readonly workingDays: number
    readonly deadline: string
    readonly by: Day
  }[]
  readonly sessions: readonly {
    readonly kind: 'card-and-account' | 'raise-level' | 'activation'
    readonly day: Day
    readonly startsAt: string
    readonly endsAt: string
    readonly site: string
  }[]
  readonly hours: {
    readonly morningFrom: string
    readonly morningTo: string
    readonly afternoonFrom: string
    readonly afternoonTo: string
    readonly saturday: 'none' | 'morning'
  }
  /** Whether the law of the day asks no fee for a first card. */
  readonly isFirstFree: boolean
  readonly hotline: string
}

export type MaterialPart = { readonly text: string; readonly items?: string[] }
export type Material = {
  readonly title: string
  readonly parts: MaterialPart[]
  readonly text: string
  readonly seconds: number
}

type Writer = {
  say(key: Parameters<ReturnType<typeof materialText>>[0], facts?: Readonly<Record<string, string>>): string
  day(day: Day): string
  hour(hour: string): string
  span(from: string, to: string): string
}

/** A voice says 'ngày 3 tháng 5' and '7 giờ 30'; paper has 03/05/2023 and 07:30. */
function writerOf(
  kind: MaterialKind,
  language: Language,
  { day: today, lawRows }: { readonly day: Day } & Asking,
): Writer {
  const text = materialText(language, { day: today, lawRows })
  const isSpoken = kind === 'loudspeaker'
  const say: Writer['say'] = (key, facts = {}) => fillPlaceholders(text(key), facts)
  const spokenDay = (day: Day) => {
    const [, month = '', date = ''] = day.split('-')
    const d = String(Number(date))
    return say('spoken-day', { d, m: String(Number(month)), month: englishMonths[Number(month) - 1] ?? '' })
  }
  const hourText = (hour: string) => {
    const [h = '', m = ''] = hour.split(':')
    if (!isSpoken) return hour
    return m === '00' ? say('hour-whole', { h: String(Number(h)) }) : say('hour', { h: String(Number(h)), m })
  }
  return {
    say,
    day: day => {
      if (isSpoken) return spokenDay(day)
      return kind === 'post' ? dayInYearIn(day, language) : dayIn(day, language)
    },
    hour: hourText,
    span: (from, to) =>
      isSpoken ? say('spoken-span', { from: hourText(from), to: hourText(to) }) : `${hourText(from)}–${hourText(to)}`,
  }
}

/** A deadline is said by its own name, once for a card and once for an account, the soonest first. */
const safeDayItems = ({ say, day }: Writer, { safeDays }: MaterialFacts): string[] =>
  [...safeDays]
    .sort((a, b) => (a.officeOn < b.officeOn ? -1 : 1))
    .map(({ what, officeOn, workingDays, deadline, by }) =>
      say(`day-${what}`, {
        day: day(officeOn),
        n: String(workingDays),
        deadline,
        by: day(by),
      }),
    )

function placeItems({ say, day, hour, span }: Writer, { sessions, hours, police }: MaterialFacts): string[] {
  return [
    ...sessions.map(one =>
      say('session', {
        from: hour(one.startsAt),
        to: hour(one.endsAt),
        day: day(one.day),
        site: one.site,
        what: say(`what-${one.kind}`),
      }),
    ),
    say('counter', {
      police,
      morning: span(hours.morningFrom, hours.morningTo),
      afternoon: span(hours.afternoonFrom, hours.afternoonTo),
      saturday: hours.saturday === 'morning' ? say('saturday-morning') : '',
    }),
  ]
}

const joined = ({ text, items = [] }: MaterialPart) => [text, ...items.map(item => `- ${item}`)].join('\n')
const spoken = ({ text, items = [] }: MaterialPart) => [text, ...items].join(' ')

/** How many words there are, parted by blanks. */
const countWords = (text: string) => text.split(/\s+/).filter(Boolean).length

const oneMinute = 60

/**
 * Writes a material. One for loudspeakers is plain sentences whose days and hours are read aloud, and says at its end
 * once more until when; a post for a group is short.
 */
export function writeMaterial(
  kind: MaterialKind,
  audience: Audience,
  facts: MaterialFacts,
  { language, ...of }: { readonly language: Language; readonly day: Day } & Asking,
): Material {
  const writer = writerOf(kind, language, of)
  const { say } = writer
  const days = safeDayItems(writer, facts)
  const places = placeItems(writer, facts)
  const greeting = say(`greet-${audience}`, { place: facts.place })
  const why = say(`why-${audience}`, { age: String(facts.age) })
  const list = (text: string, items: string[]): MaterialPart[] => (items.length > 0 ? [{ text, items }] : [])
  const bring = [
    say('bring-card'),
    ...(audience === 'pupils' || audience === 'parents' ? [say('bring-birth')] : []),
    say('bring-phone'),
  ]
  const parts: MaterialPart[] = [
    ...(kind === 'post' ? [] : [{ text: greeting }]),
    { text: why },
    ...list(say('days'), days),
    ...list(say('where'), places),
    ...list(say('bring'), bring),
    { text: say(facts.isFirstFree ? 'free' : 'account') },
    { text: say('beware', { hotline: facts.hotline }) },
    ...(kind === 'loudspeaker' ? list(say('again'), days) : []),
  ]
  const title = say('title')
  const text = kind === 'loudspeaker' ? parts.map(spoken).join('\n\n') : [title, ...parts.map(joined)].join('\n\n')
  return { title, parts, text, seconds: Math.round((countWords(text) / wordsAMinute) * oneMinute) }
}
