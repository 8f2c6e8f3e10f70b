import { type Static, type TSchema, Type } from 'typebox'
import { oneOf } from '../../platform/shapes.ts'
import { demandKinds, instanceFormat, planSiteKinds } from './instance.ts'

/**
 * The shape of each part of an instance's file, with bounds on all of it. What no shape can say (ids that are known,
 * days that follow each other) stands in instance-rules.ts; what each member means: docs/interfaces.md, "Plans".
 */

/** The most entries of each list: beyond, an instance is refused by the list's name and nothing of it is read. */
export const mostEntries = {
  days: 100,
  shifts: 12,
  places: 2_000,
  crossings: 20_000,
  sites: 10_000,
  teams: 1_000,
  kits: 2_000,
  demands: 60_000,
  announced: 20_000,
} as const
export type ListName = keyof typeof mostEntries

/** A week's minutes: nothing in a plan of days takes longer, and sums of them stay whole. */
const mostMinutes = 7 * 24 * 60
/** No line between two places is longer; around the country it is some 3,000. */
export const mostKm = 10_000
export const mostTravelMinutes = mostMinutes

/** A format of texts: the pattern, and how a fault says what is wanted. */
type TextFormat = { readonly pattern: string; readonly wanted: string }

/**
 * A terminal obeys control characters, and marks of direction show a text as another: files of strangers have neither.
 * Nor has a text half a character, which no canonical form can write.
 */
const plain = '[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]'
export const textFormats = {
  plain: { pattern: `^${plain}*$`, wanted: 'plain text without control characters' },
  century: { pattern: '^(?:19|20|21)', wanted: 'a day from 1900 to 2199' },
  hour: { pattern: '^(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)$', wanted: 'an hour HH:MM from 00:00 to 24:00' },
  month: { pattern: '^\\d{4}-(?:0[1-9]|1[0-2])$', wanted: 'a month YYYY-MM' },
  monthOrYear: { pattern: '^\\d{4}(?:-(?:0[1-9]|1[0-2]))?$', wanted: 'a month YYYY-MM or a year YYYY' },
} as const satisfies Record<string, TextFormat>

const patternOf = ({ wanted: _, ...schema }: TextFormat) => schema
const textOf = (format: TextFormat, maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, ...patternOf(format) })

export const IdText = textOf(textFormats.plain, 100, 1)
export const NameText = textOf(textFormats.plain, 300)
export const DayText = Type.String({ format: 'date', ...patternOf(textFormats.century) })
export const HourText = textOf(textFormats.hour, 5)

const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })
const closed = { additionalProperties: false } as const
const Span = Type.Tuple([HourText, HourText])
const Days = Type.Array(DayText, { maxItems: 400 })
const Ids = Type.Array(IdText, { maxItems: 200 })
const perPeriod = (format: TextFormat, most: number) =>
  Type.Record(textOf(format, 7), whole(0, most), { ...closed, maxProperties: 100 })

const mostPeople = 1_000_000
const mostPrice = 1_000_000

/** What stands once; the lists beside it are read apart. */
export const HeadShape = Type.Object({
  format: Type.Literal(instanceFormat),
  name: NameText,
  from: DayText,
  to: DayText,
  prices: Type.Object(
    { latePerson: whole(0, mostPrice), unservedPerson: whole(0, mostPrice), movedSession: whole(0, mostPrice) },
    closed,
  ),
  caps: Type.Object(
    { monthMinutes: whole(0, 50_000), yearMinutes: whole(0, 600_000), restDaysAMonth: whole(0, 31) },
    closed,
  ),
  leastOfficers: Type.Object({ capture: whole(0, 50), activation: whole(0, 50), raising: whole(0, 50) }, closed),
})

/** One entry of each list but `travel`, which is read apart: it has millions of numbers. */
export const entryShapes = {
  shifts: Type.Object({ id: IdText, from: HourText, to: HourText }, closed),
  days: Type.Object(
    {
      day: DayText,
      ordinary: Type.Array(Span, { maxItems: 12 }),
      breaks: Type.Array(Span, { maxItems: 12 }),
      overtime: Type.Optional(Type.Object({ minutes: whole(0, 24 * 60), from: HourText, to: HourText }, closed)),
    },
    closed,
  ),
  places: Type.Object({ id: IdText, name: NameText }, closed),
  crossings: Type.Object(
    {
      from: IdText,
      to: IdText,
      days: Days,
      departs: HourText,
      minutes: whole(1, mostMinutes),
      km: Type.Number({ minimum: 0, maximum: mostKm }),
    },
    closed,
  ),
  sites: Type.Object(
    {
      id: IdText,
      name: NameText,
      kind: oneOf(planSiteKinds),
      place: IdText,
      unit: Type.Optional(IdText),
      setUpMinutes: whole(0, mostMinutes),
      packMinutes: whole(0, mostMinutes),
      open: Type.Array(
        Type.Object(
          {
            from: DayText,
            to: DayText,
            weekdays: Type.Optional(Type.Array(whole(1, 7), { minItems: 1, maxItems: 7 })),
            hours: Type.Array(Span, { minItems: 1, maxItems: 12 }),
          },
          closed,
        ),
        { maxItems: 200 },
      ),
      closed: Type.Array(
        Type.Object({ from: DayText, to: DayText, hours: Type.Optional(Span), why: NameText }, closed),
        { maxItems: 200 },
      ),
    },
    closed,
  ),
  teams: Type.Object(
    {
      id: IdText,
      name: NameText,
      unit: Type.Optional(IdText),
      base: IdText,
      officers: Type.Array(
        Type.Object(
          {
            id: IdText,
            name: NameText,
            away: Days,
            overtimeBefore: perPeriod(textFormats.monthOrYear, 600_000),
            restDaysBefore: perPeriod(textFormats.month, 31),
          },
          closed,
        ),
        { maxItems: 200 },
      ),
    },
    closed,
  ),
  kits: Type.Object(
    {
      id: IdText,
      name: NameText,
      store: IdText,
      speedPercent: whole(1, 1_000),
      officers: whole(0, 50),
      away: Days,
    },
    closed,
  ),
  demands: Type.Object(
    {
      id: IdText,
      site: IdText,
      kind: oneOf(demandKinds),
      people: whole(0, mostPeople),
      minutesEach: whole(1, 24 * 60),
      lastDay: DayText,
      name: Type.Optional(NameText),
    },
    closed,
  ),
  announced: Type.Object(
    {
      id: IdText,
      site: IdText,
      day: DayText,
      shift: IdText,
      team: IdText,
      officers: Ids,
      kits: Ids,
      from: HourText,
      to: HourText,
      locked: Type.Boolean(),
    },
    closed,
  ),
} satisfies Record<ListName, TSchema>

export type EntryOf<Name extends ListName> = Static<(typeof entryShapes)[Name]>
