import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { mostSlips, mostSlipsTogether } from '../../../src/families/law.ts'
import { printFamilySlips } from '../../../src/families/slips/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer, Asked } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Qr } from '../cards/qr.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { type ClassesForSlips, chosenForSlips, type slipSearch } from './slips.ts'

type Slips = Answer<typeof printFamilySlips>
type SlipSearch = ReturnType<typeof slipSearch>

/** Of how many people, or of which class, one request makes slips: each is made whole, or not at all. */
function batchesOf({ truong, nam, lop }: SlipSearch): readonly Asked<typeof printFamilySlips>['body'][] {
  if (truong !== undefined && nam !== undefined && lop !== undefined)
    return [{ schoolId: truong as never, schoolYear: nam, class: lop }]
  const { people, school } = chosenForSlips()
  if (school)
    return school.classes.map(one => ({ schoolId: school.school as never, schoolYear: school.year, class: one }))
  if (people.length > mostSlipsTogether) return []
  return Array.from({ length: Math.ceil(people.length / mostSlips) }, (_, at) => ({
    people: people.slice(at * mostSlips, (at + 1) * mostSlips) as never,
  }))
}

/** Makes what is asked, part after part; after a refusal or without a line it goes on where it stopped. */
function useSlips(batches: ReturnType<typeof batchesOf>) {
  const make = useDo(printFamilySlips)
  const [made, setMade] = useState<readonly Slips[]>([])
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      for (const body of batches.slice(made.length)) {
        const answer = await make.mutateAsync({ body })
        setMade(before => [...before, answer])
      }
    } catch {
      // The mutation keeps the error, which stands beside the button.
    }
    setBusy(false)
  }
  return { made, isBusy, error: make.error, run: () => void run() }
}

/**
 * Slips for families, several a sheet, to be cut apart. Making them ends those that were made before, so that it is
 * asked for by a button; the codes are told once, and stand on this page until it is left.
 */
export function FamilySlipsPaperPage() {
  const say = useSay()
  const search = useSearch({ from: '/phieu-gia-dinh' })
  const { lop } = search
  const [batches] = useState(() => batchesOf(search))
  const { made, isBusy, error, run } = useSlips(batches)
  const { people, school } = chosenForSlips()
  const isAsked = batches.length > 0
  const back =
    lop !== undefined || school
      ? { to: at('/lop-hoc'), text: say('slips-back-classes') }
      : { to: at('/danh-sach'), text: say('slips-back-list') }
  const whose = whoseText(say, { lop, school, people: people.length })
  const [first] = made
  const isWhole = made.length === batches.length
  const all = numberText(batches.length)
  const button = (text: string) => (
    <Button look="primary" icon={Printer} disabled={isBusy} onPress={run}>
      {text}
    </Button>
  )
  return (
    <PaperPage
      title={say('slips-title')}
      lines={first ? [whose, say('slips-until', { day: dayText(first.until) })] : [whose]}
      back={back}
      error={null}
      reading={isBusy ? say('slips-making', { done: numberText(made.length), all }) : undefined}
      signs={[]}
      why={say('slips-why')}
      className="family-slips"
      margin={
        first &&
        !isBusy && (
          <>
            {!isWhole && (
              <section className="stack">
                <p className="note late">{say('slips-not-all', { done: numberText(made.length), all })}</p>
                <RefusedNote error={error} />
                {button(say('slips-go-on'))}
              </section>
            )}
            <Refused made={made} />
          </>
        )
      }
      instead={
        !first && (
          <State
            so={isAsked ? say('slips-ask', { whose }) : say(people.length > 0 ? 'slips-many' : 'slips-nobody')}
            todo={isAsked ? say('slips-ask-todo') : say('slips-nobody-todo', { n: numberText(mostSlipsTogether) })}
            buttons={
              isAsked && (
                <>
                  <RefusedNote error={error} />
                  {button(say('slips-make'))}
                </>
              )
            }
          />
        )
      }
    >
      {first &&
        (school ? made : [{ ...first, slips: made.flatMap(({ slips }) => slips) }]).map(one => (
          <SlipList key={one.slips[0]?.code ?? ''} slips={one} />
        ))}
    </PaperPage>
  )
}

const whoseText = (
  say: Say,
  { lop, school, people }: { lop: string | undefined; school: ClassesForSlips | undefined; people: number },
) => {
  if (lop !== undefined) return say('slips-of-class', { class: lop })
  return school ? say('slips-of-school', { n: school.classes.length }) : say('slips-of', { n: numberText(people) })
}

function Refused({ made }: { made: readonly Slips[] }) {
  const say = useSay()
  const refused = [
    ...Map.groupBy(
      made.flatMap(one => one.refused),
      ({ why }) => why,
    ),
  ].map(([why, some]) => ({
    why,
    people: some.reduce((sum, { people }) => sum + people, 0),
  }))
  if (refused.length === 0) return null
  return (
    <section>
      <h2>{say('slips-refused')}</h2>
      <ul className="plain-list">
        {refused.map(({ why, people }) => (
          <li key={why}>{say(`slips-${why}`, { n: numberText(people) })}</li>
        ))}
      </ul>
    </section>
  )
}

function SlipList({ slips: { slips, place, issuer, until } }: { slips: Slips }) {
  const say = useSay()
  const shortPlace = place.replace(/^https?:\/\//, '')
  return (
    <ul className="slip-sheet">
      {slips.map(({ name, class: inClass, isMinor, code, address }) => (
        <li key={code} className="family-slip">
          <Qr text={address} />
          <div>
            <p className="slip-for">{say(isMinor ? 'slip-for' : 'slip-for-adult')}</p>
            <p className="slip-name">
              {name}
              {inClass && `, ${say('slip-class', { class: inClass })}`}
            </p>
            <p>{say(isMinor ? 'slip-scan' : 'slip-scan-adult', { place: shortPlace })}</p>
            <p className="slip-code">{code}</p>
            <p>{say(isMinor ? 'slip-birth' : 'slip-birth-adult')}</p>
            <p className="small">{say('slip-foot', { issuer, day: dayText(until) })}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
