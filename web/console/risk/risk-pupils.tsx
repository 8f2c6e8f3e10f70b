import { safeChance } from '../../../src/statistics/law.ts'
import { riskPupils } from '../../../src/statistics/risk/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import type { WordKey } from '../base/language.tsx'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { among, type Campaign, defined } from '../campaign/search.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'

type Pupil = Answer<typeof riskPupils>['pupils'][number]

const most = 200

const stages = [
  'capture',
  'capture-after-absence',
  'approval',
  'production',
  'delivery',
  'hand-over',
  'account-approval',
  'activation',
] as const
const rescues = ['fast-hand-over', 'activation-desk', 'seat-in-planned-session', 'new-session', 'home-visit'] as const

/** A chance as a whole per cent, cut: nobody is called sure before they are. */
export const chanceText = (chance: number) => `${Math.floor(chance * 100 + 1e-9)}%`

const wordOf = <Word extends string>(say: Say, known: readonly Word[], text: string, key: (word: Word) => WordKey) => {
  const word = among(known, text)
  return word ? say(key(word)) : text
}

type PupilsProps = {
  readonly search: {
    readonly dv?: string | undefined
    readonly truong?: string | undefined
    readonly lop?: string | undefined
    readonly ngay?: string | undefined
  }
  readonly campaign: Campaign
}

/**
 * Pupils in doubt, the least likely first, each with the stage that holds it and what would rescue it at the least
 * cost.
 */
export function RiskPupils({ search: { dv, truong, lop, ngay }, campaign }: PupilsProps) {
  const say = useSay()
  const query = { ...defined({ unit: dv, school: truong, class: lop, day: ngay }), below: safeChance, limit: most }
  const { data, error, refetch } = useAsk(riskPupils, { params: { id: campaign.id }, query }, { keep: true })
  return (
    <section className="part">
      <h2>
        {say('board-doubt')}
        {data && (
          <span className="aside figures">
            {data.total > data.pupils.length
              ? say('rows-of', { shown: numberText(data.pupils.length), all: numberText(data.total) })
              : say('board-doubt-of', { n: numberText(data.total) })}
          </span>
        )}
      </h2>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('board-reading')} />}
      {data && data.pupils.length === 0 && (
        <p className="quiet">{say('board-no-doubt', { below: chanceText(safeChance) })}</p>
      )}
      {data && data.pupils.length > 0 && <Pupils pupils={data.pupils} />}
    </section>
  )
}

function Pupils({ pupils }: { pupils: readonly Pupil[] }) {
  const say = useSay()
  const ends = ['board-both', 'board-card', 'board-account'] as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('board-doubt')} tabIndex={0}>
      <table className="plain-table risk-table">
        <thead>
          <tr>
            <th scope="col">{say('full-name')}</th>
            <th scope="col">{say('class')}</th>
            <th scope="col">{say('school')}</th>
            {ends.map(head => (
              <th scope="col" className="end" key={head}>
                {say(head)}
              </th>
            ))}
            <th scope="col">{say('board-stage')}</th>
            <th scope="col">{say('board-safe-day')}</th>
            <th scope="col">{say('board-rescue')}</th>
          </tr>
        </thead>
        <tbody>
          {pupils.map(pupil => (
            <Line key={pupil.id} pupil={pupil} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Line({ pupil }: { pupil: Pupil }) {
  const say = useSay()
  const mayOpen = useMay('register.read')
  const { id, name, school, class: inClass, unit, card, account, both, stage, lastSafeDay, rescue } = pupil
  return (
    <tr>
      <th scope="row">
        {name === null ? (
          <span className="quiet">{say('people-unseen')}</span>
        ) : mayOpen ? (
          <Go to={at(`/dan-cu/nguoi/${id}`)}>
            <Name name={name} />
          </Go>
        ) : (
          <Name name={name} />
        )}
      </th>
      <td className="own-figures">{inClass ?? ''}</td>
      <td>{school ?? unit}</td>
      <td className="end">
        <b>{chanceText(both)}</b>
      </td>
      <td className="end">{chanceText(card)}</td>
      <td className="end">{chanceText(account)}</td>
      <td>{wordOf(say, stages, stage, word => `stage-${word}`)}</td>
      <td>{lastSafeDay ? dayText(lastSafeDay) : ''}</td>
      <td>
        {rescue &&
          say('board-rescue-line', {
            what: wordOf(say, rescues, rescue.what, word => `rescue-${word}`),
            both: chanceText(rescue.both),
            minutes: rescue.minutes,
          })}
      </td>
    </tr>
  )
}
