import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { personNeeds } from '../../../src/campaign/contract.ts'
import { printPersonSheet, type SheetReason, sheetReasons, showPerson } from '../../../src/register/contract.ts'
import { call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, phoneText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Cells } from '../parts/person-number.tsx'
import { useMay, useToday } from '../shell/session.tsx'
import type { Person } from './person.ts'

/**
 * A person's sheet on A4: who they are, where they live, card and account, what is missing and until when, from which
 * source. Who prints it chooses why; that is recorded, and stands on the paper.
 */
export function PersonSheetPaperPage() {
  const say = useSay()
  const today = useToday()
  const { id } = useParams({ from: '/dan-cu/nguoi/$id/in' })
  const { data, error, refetch } = useAsk(showPerson, { params: { id } })
  const [why, setWhy] = useState<SheetReason>()
  const isWhole = data?.grade === 'whole'
  return (
    <PaperPage
      title={say('record-paper')}
      lines={[say('as-of', { day: dayText(today) })]}
      back={{ to: at(`/dan-cu/nguoi/${id}`), text: say('sheet-back') }}
      margin={
        isWhole && (
          <section>
            <Field
              label={say('sheet-why')}
              value={why ?? ''}
              onChange={value => setWhy(sheetReasons.find(one => one === value))}
              choices={[
                ['', say('sheet-why-none')],
                ...sheetReasons.map(one => [one, say(`sheet-why-${one}`)] as const),
              ]}
            />
          </section>
        )
      }
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('reading-person')}
      instead={data && !isWhole && <State so={say('sheet-whole-only')} />}
      why={why && say(`sheet-why-${why}`)}
      notYet={!why}
      record={async () => why && call(printPersonSheet, { params: { id }, body: { why } })}
      className="on-letter"
    >
      {data && isWhole && <Sheet person={data} />}
    </PaperPage>
  )
}

type Row = readonly [label: string, value: ReactNode]

function Part({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section className="sheet-part">
      <h2>{title}</h2>
      <table className="plain-table">
        <tbody>
          {rows.map(([label, value], place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a sheet never change places
            <tr key={place}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Sheet({ person }: { readonly person: Person }) {
  const say = useSay()
  return (
    <>
      <Identity person={person} />
      <Residence person={person} />
      <Standing id={person.id} />
      <p className="small">{say('sheet-sources')}</p>
    </>
  )
}

function Identity({ person }: { readonly person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const none = say('not-recorded')
  const held = person.numbers.find(({ state }) => state === 'in-force')
  return (
    <>
      <p className="sheet-name">
        <b>{person.fullName}</b>
      </p>
      {held ? <Cells number={held.number} /> : <p>{say('number-none')}</p>}
      <Part
        title={say('sheet-identity')}
        rows={[
          [say('field-birth_date'), dayText(person.birthDate)],
          [say('field-sex'), codes('sex', person.sex)],
          [say('field-life_status'), codes('life', person.lifeStatus)],
          [say('field-ethnicity'), person.ethnicity ?? none],
          [say('field-religion'), person.religion ?? none],
          [say('field-nationality'), person.nationality ?? none],
          [say('field-hometown'), person.hometown ?? none],
          [say('contact'), person.phones.map(phoneText).join(', ') || none],
        ]}
      />
    </>
  )
}

/** Where they live now, and who heads the family by name: no number of anybody else. */
function Residence({ person }: { readonly person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const living = person.residences.filter(({ to }) => to === undefined)
  const rows: Row[] = living.map(({ kind, address, unit, from }) => [
    say(`residence-${kind}`),
    `${[address, unit.name].filter(Boolean).join(', ')}${from ? `, ${say('since', { day: dayText(from) })}` : ''}`,
  ])
  const kin: Row[] = person.kin.map(({ relation, name }) => [codes('kin', relation), name ?? say('not-recorded')])
  return (
    <Part
      title={say('sheet-residence')}
      rows={[...(rows.length ? rows : [[say('residence'), say('residence-none')] as const]), ...kin]}
    />
  )
}

/** Cards, accounts and needs, for whoever may list them. */
function Standing({ id }: { readonly id: string }) {
  const say = useSay()
  const codes = useCodes()
  const { data } = useAsk(personNeeds, { params: { id } }, { when: useMay('campaign.lists') })
  if (!data) return null
  const cards: Row[] = data.cards
    .toReversed()
    .map(({ serial, state, issuedOn, expiresOn }) => [
      serial ?? say('card-without-serial'),
      [
        codes('card', state),
        issuedOn && say('card-issued', { day: dayText(issuedOn) }),
        issuedOn && (expiresOn ? say('card-until', { day: dayText(expiresOn) }) : say('card-without-term')),
      ]
        .filter(Boolean)
        .join(', '),
    ])
  const accounts: Row[] = data.accounts.map(({ level, state, activatedAt }) => [
    say('account-level', { n: level }),
    [codes('account', state), activatedAt && say('account-activated-on', { day: instantText(activatedAt).day })]
      .filter(Boolean)
      .join(', '),
  ])
  const missing: Row[] = data.needs.map(need => [
    say(`need-${need}`),
    data.lastSafeDays
      .filter(({ what }) => need.startsWith(what))
      .map(({ lastSafeOn, campaign }) => say('sheet-safe', { day: dayText(lastSafeOn), campaign: campaign.title }))
      .join('; ') || say('sheet-no-term'),
  ])
  return (
    <>
      <Part title={say('cards')} rows={cards.length ? cards : [[say('cards'), say('cards-none')]]} />
      <Part
        title={say('person-accounts')}
        rows={accounts.length ? accounts : [[say('person-accounts'), say('accounts-none')]]}
      />
      <Part
        title={say('sheet-missing', { day: dayText(data.day) })}
        rows={missing.length ? missing : [[say('lacks'), say('sheet-nothing-missing')]]}
      />
    </>
  )
}
