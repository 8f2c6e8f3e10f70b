import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { mostSlips } from '../../../src/families/law.ts'
import { printFamilySlips } from '../../../src/families/slips/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Qr } from '../cards/qr.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { chosenForSlips } from './slips.ts'

type Slips = Answer<typeof printFamilySlips>

/**
 * Slips for families, several a sheet, to be cut apart. Making them ends those that were made before, so that it is
 * asked for by a button; the codes are told once, and stand on this page until it is left.
 */
export function FamilySlipsPaperPage() {
  const say = useSay()
  const { truong, nam, lop } = useSearch({ from: '/phieu-gia-dinh' })
  const make = useDo(printFamilySlips)
  const isOfClass = truong !== undefined && nam !== undefined && lop !== undefined
  const people = chosenForSlips()
  const isAsked = isOfClass || (people.length > 0 && people.length <= mostSlips)
  const body = isOfClass ? { schoolId: truong, schoolYear: nam, class: lop } : { people: [...people] }
  const back = isOfClass
    ? { to: at('/lop-hoc'), text: say('slips-back-classes') }
    : { to: at('/danh-sach'), text: say('slips-back-list') }
  const whose = isOfClass ? say('slips-of-class', { class: lop }) : say('slips-of', { n: numberText(people.length) })
  const { data } = make
  return (
    <PaperPage
      title={say('slips-title')}
      lines={data ? [whose, say('slips-until', { day: dayText(data.until) })] : [whose]}
      back={back}
      error={null}
      signs={[]}
      why={say('slips-why')}
      className="family-slips"
      margin={data && data.refused.length > 0 && <Refused refused={data.refused} />}
      instead={
        !data && (
          <State
            so={isAsked ? say('slips-ask', { whose }) : say(people.length > 0 ? 'slips-many' : 'slips-nobody')}
            todo={isAsked ? say('slips-ask-todo') : say('slips-nobody-todo', { n: numberText(mostSlips) })}
            buttons={
              isAsked && (
                <>
                  <RefusedNote error={make.error} />
                  <Button
                    look="primary"
                    icon={Printer}
                    disabled={make.isPending}
                    onPress={() => make.mutate({ body } as Parameters<typeof make.mutate>[0])}
                  >
                    {say('slips-make')}
                  </Button>
                </>
              )
            }
          />
        )
      }
    >
      {data && <SlipList slips={data} />}
    </PaperPage>
  )
}

function Refused({ refused }: { refused: Slips['refused'] }) {
  const say = useSay()
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
      {slips.map(({ name, class: inClass, code, address }) => (
        <li key={code} className="family-slip">
          <Qr text={address} />
          <div>
            <p className="slip-for">{say('slip-for')}</p>
            <p className="slip-name">
              {name}
              {inClass && `, ${say('slip-class', { class: inClass })}`}
            </p>
            <p>{say('slip-scan', { place: shortPlace })}</p>
            <p className="slip-code">{code}</p>
            <p>{say('slip-birth')}</p>
            <p className="small">{say('slip-foot', { issuer, day: dayText(until) })}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
