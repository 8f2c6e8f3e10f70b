import { useQuery } from '@tanstack/react-query'
import { CalendarDays, CreditCard, FileText, KeyRound, ListChecks, School, User } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { findAccount } from '../../../src/accounts/contract.ts'
import { findCard } from '../../../src/cards/contract.ts'
import { findApplication } from '../../../src/enrolment/adjudication/contract.ts'
import { readReceiptCode } from '../../../src/enrolment/receipts/receipt-code.ts'
import { showCalendar } from '../../../src/planning/contract.ts'
import { addDays, type Day } from '../../../src/platform/day.ts'
import { lookUpPerson, searchPersons } from '../../../src/register/contract.ts'
import { listRolls } from '../../../src/rolls/contract.ts'
import { listSchools } from '../../../src/units/contract.ts'
import { call, Refusal } from '../../parts/call.ts'
import { dayText, numberText, weekdayText } from '../../parts/formats.ts'
import { typedDay } from '../../parts/typed-day.ts'
import { accountAt } from '../accounts/search.ts'
import { useLanguage } from '../base/language.tsx'
import { at, placesFor } from '../base/navigation.ts'
import { keep } from '../base/remembered.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { lifeAt, personAt } from '../cards/addresses.ts'
import { applicationAt } from '../enrolment/search.ts'
import { schoolYears } from '../ledger/ledger.ts'
import { rollAt } from '../review/roll.ts'
import { weekAt } from '../sessions/week.ts'
import { useMay, useSession, useToday } from '../shell/session.tsx'
import { paletteDeeds, palettePages } from './deeds.ts'
import { type Entry, entryKinds, type Group } from './entry.ts'
import { nameAndBirth, numberIn, rangesIn } from './match.ts'

/** Each group shows so many at once; the place itself has the rest. */
const shown = 6

/** People are asked for when the hand rests: each search is a reading of those found. */
const restMilliseconds = 500

/** Somebody with the number is not in one's area: the register's page says what may be compared. */
export class OutsideArea extends Error {}

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

/**
 * What a name is searched with: in a commune some whole words are enough, so that a single letter at the end waits for
 * its word.
 */
function personSearchOf(text: string, commune: string | undefined) {
  const { name, birth } = nameAndBirth(text)
  const born = typedDay(birth)
  const words = name.split(/\s+/).filter(Boolean)
  if (commune && words.length > 1 && words.at(-1)?.length === 1) words.pop()
  if (words.join('').length < 2 || (!commune && !born && words.length < 2)) return undefined
  return { name: words.join(' '), ...(born && { born }), ...(commune && { unitId: commune }) }
}

function usePeople(text: string, open: boolean) {
  const { say } = useLanguage()
  const { post, unitPath } = useSession()
  const may = useMay('register.search')
  const isCommune = unitPath.find(({ id }) => id === post?.unitId)?.level === 'commune'
  const rested = useRested(text)
  const body = may && !numberIn(rested) ? personSearchOf(rested, isCommune ? post?.unitId : undefined) : undefined
  const { data, error, isFetching } = useQuery({
    // In the memory of this tab alone, and not for long.
    queryKey: ['palette-people', body],
    queryFn: ({ signal }) => call(searchPersons, { body: body ?? { name: '' }, signal }),
    enabled: open && body !== undefined,
    gcTime: 60_000,
    staleTime: 60_000,
  })
  const isRested = rested === text
  const { name } = nameAndBirth(text)
  const entries = (body ? (data?.people ?? []) : [])
    .filter(({ fullName }) => rangesIn(fullName, name))
    // Those that have it as it was typed come first.
    .toSorted((a, b) => (rangesIn(a.fullName, name)?.length ?? 0) - (rangesIn(b.fullName, name)?.length ?? 0))
    .map(
      ({ id, fullName, birthDate, permanentUnit }): Entry => ({
        id: `person-${id}`,
        kind: 'people',
        icon: User,
        text: fullName,
        about: [say('palette-born', { day: dayText(birthDate) }), permanentUnit?.name].filter(Boolean).join(', '),
        go: () => personAt(id),
      }),
    )
  return {
    entries,
    waits: may && open && text.trim().length > 1 && !numberIn(text) && (!isRested || isFetching),
    isWide: may && isRested && !isCommune && text.trim() !== '' && !body && !numberIn(text),
    isMore: data?.more ?? false,
    error: body ? error : null,
  }
}

/** What a number or a serial opens. Nothing is asked before one chooses it: the asking is a reading. */
function useNumbers(text: string): readonly Entry[] {
  const { say } = useLanguage()
  const [mayPerson, mayAccount, mayCard, mayGive] = [
    useMay('register.look-up'),
    useMay('accounts.read'),
    useMay('cards.read'),
    useMay('cards.hand-over'),
  ]
  const number = numberIn(text)
  const serial = text.trim()
  if (!number)
    return mayCard && /^(?=.*\d)[A-Z0-9-]{6,30}$/i.test(serial)
      ? [
          {
            id: 'card-of-serial',
            kind: 'cards',
            icon: CreditCard,
            text: say('palette-card-of-serial', { serial }),
            go: async () => lifeAt((await call(findCard, { body: { serial } })).card.id),
          },
        ]
      : []
  const entries: readonly (Entry | false)[] = [
    mayPerson && {
      id: 'person-of-number',
      kind: 'people',
      icon: User,
      text: say('palette-person-of-number', { number }),
      go: async () => {
        const { person, inScope } = await call(lookUpPerson, { body: { number } })
        if (!inScope) throw new OutsideArea()
        return personAt(person.id)
      },
    },
    mayCard &&
      mayGive && {
        id: 'card-of-number',
        kind: 'cards',
        icon: CreditCard,
        text: say('palette-card-of-number', { number }),
        go: async () => lifeAt((await call(findCard, { body: { number } })).card.id),
      },
    mayAccount && {
      id: 'account-of-number',
      kind: 'accounts',
      icon: KeyRound,
      text: say('palette-account-of-number', { number }),
      go: async () => accountAt((await call(findAccount, { body: { number } })).id),
    },
  ]
  return entries.filter(entry => entry !== false)
}

/** A receipt's code opens the application; a serial may look alike, so both are offered. */
function useReceipts(text: string): readonly Entry[] {
  const { say } = useLanguage()
  const mayRead = useMay('enrolment.read')
  const code = mayRead ? readReceiptCode(text) : undefined
  // Eight letters are a word, too: a code has a figure, or was typed with its hyphen.
  if (!code || !/\d|-/.test(text)) return []
  return [
    {
      id: 'application-of-code',
      kind: 'applications',
      icon: FileText,
      text: say('palette-application-of-code', { code }),
      go: async () => applicationAt((await call(findApplication, { body: { code } })).id),
    },
  ]
}

function useSchools(open: boolean) {
  const { post } = useSession()
  const { data, isLoading } = useAsk(
    listSchools,
    { params: { id: post?.unitId ?? '' }, query: {} },
    { when: open && post !== null && post !== undefined },
  )
  const own = post?.schoolId
  return { schools: (data?.schools ?? []).filter(({ id }) => !own || id === own), waits: isLoading }
}

/** The groups of what was typed, in their fixed order; each arrives when it is there. */
export function useGroups(text: string, open: boolean) {
  const { say, language } = useLanguage()
  const { rights } = useSession()
  const today = useToday()
  const has = (right: string) => rights.includes(right)
  const people = usePeople(text, open)
  const numbers = useNumbers(text)
  const applications = useReceipts(text)
  const { schools, waits: schoolsWait } = useSchools(open)
  const rolls = useAsk(listRolls, { query: {} }, { when: open && has('rolls.read') })
  const calendar = useAsk(
    showCalendar,
    { query: { from: addDays(today, -7), to: addDays(today, 27) } },
    { when: open && has('planning.read') },
  )
  const typed = text.trim()
  const fits = (...texts: readonly (string | undefined)[]) =>
    typed !== '' && texts.some(one => one !== undefined && rangesIn(one, typed) !== undefined)

  const fitting = useMemo(
    () => (typed === '' ? [] : schools.filter(({ name, code }) => rangesIn(name, typed) || rangesIn(code, typed))),
    [schools, typed],
  )
  const found: Readonly<Record<Group['kind'], readonly Entry[]>> = {
    people: [...numbers.filter(({ kind }) => kind === 'people'), ...people.entries],
    schools: fitting.map(school => ({
      id: `school-${school.id}`,
      kind: 'schools',
      icon: School,
      text: school.name,
      about: school.code,
      go: () => schoolAt(school.id, has),
    })),
    rolls: (rolls.data?.rolls ?? [])
      .filter(({ school }) => fits(school.name))
      .map(({ id, school, schoolYear, rows, counts }) => ({
        id: `roll-${id}`,
        kind: 'rolls',
        icon: ListChecks,
        text: school.name,
        about: say('palette-roll-about', { year: schoolYear, n: numberText(rows) }),
        aside: counts.review > 0 ? say('palette-roll-review', { n: numberText(counts.review) }) : undefined,
        go: () => rollAt(id),
      })),
    sessions: (calendar.data?.sessions ?? [])
      .filter(({ site, code, state }) => state !== 'cancelled' && fits(site.name, code))
      .map(({ id, site, day, startsAt, endsAt, code }) => ({
        id: `session-${id}`,
        kind: 'sessions',
        icon: CalendarDays,
        text: site.name,
        about: `${weekdayText(day as Day, language)} ${dayText(day)}, ${startsAt}–${endsAt}`,
        aside: code,
        go: () => weekAt({ tuan: day, buoi: id }),
      })),
    applications,
    cards: numbers.filter(({ kind }) => kind === 'cards'),
    accounts: numbers.filter(({ kind }) => kind === 'accounts'),
    pages: [
      ...placesFor(rights).map(({ name, path, icon }) => ({ name, to: at(path), icon })),
      ...palettePages.filter(({ right }) => has(right)).map(({ name, to }) => ({ name, to, icon: FileText })),
    ]
      .filter(({ name }) => fits(say(name)))
      .map(({ name, to, icon }) => ({ id: `page-${to}`, kind: 'pages', icon, text: say(name), go: () => to })),
    deeds: [
      ...fitting.slice(0, 2).flatMap(school => deedsAt(school, has, say, schoolYears(today)[0] ?? '')),
      ...paletteDeeds()
        .filter(({ right, name }) => has(right) && (typed === '' || fits(say(name))))
        .map(
          ({ name, icon, to, letter }): Entry => ({
            id: `deed-${name}`,
            kind: 'deeds',
            icon,
            text: say(name),
            letter,
            go: () => to,
          }),
        ),
    ],
  }
  const waits: Partial<Record<Group['kind'], boolean>> = {
    people: people.waits,
    schools: schoolsWait,
    rolls: rolls.isLoading,
    sessions: calendar.isLoading,
  }
  return {
    groups: entryKinds.map(
      (kind): Group => ({
        kind,
        entries: found[kind].slice(0, kind === 'people' ? 2 * shown : shown),
        waits: waits[kind] ?? false,
      }),
    ),
    waits: Object.values(waits).some(Boolean) && typed !== '',
    isWide: people.isWide || (people.error instanceof Refusal && people.error.code === 'search-too-wide'),
    isMore: people.isMore,
    isUnread: people.error !== null,
  }
}

type Has = (right: string) => boolean

/** A school's own page of whoever asks: its pupils who lack something, else its rolls, else its children. */
const schoolAt = (id: string, has: Has): string =>
  has('campaign.lists')
    ? at(`/danh-sach?truong=${id}`)
    : has('rolls.read')
      ? at(`/ra-soat/viec?truong=${id}`)
      : at('/pho-cap')

type SchoolOfList = { readonly id: string; readonly name: string }
type SayIt = ReturnType<typeof useLanguage>['say']

/** What can be done at a school that was found. */
function deedsAt({ id, name }: SchoolOfList, has: Has, say: SayIt, year: string): readonly Entry[] {
  const [session, roll] = paletteDeeds()
  const deeds: Entry[] = []
  if (session && has(session.right))
    deeds.push({
      id: `session-at-${id}`,
      kind: 'deeds',
      icon: session.icon,
      text: say('palette-school-session', { school: name }),
      go: () => weekAt({ xep: id }),
    })
  if (roll && has(roll.right))
    deeds.push({
      id: `roll-of-${id}`,
      kind: 'deeds',
      icon: roll.icon,
      text: say('palette-school-roll', { school: name }),
      go: () => {
        keep('send-roll', { schoolId: id, schoolYear: year, kind: 'pupils' })
        return at('/ra-soat')
      },
    })
  return deeds
}
