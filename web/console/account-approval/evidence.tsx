import type { ReactNode } from 'react'
import { showEvidence } from '../../../src/accounts/queues/contract.ts'
import { basisText } from '../../../src/platform/pages/law-mark.ts'
import type { Answer } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { Portraits } from '../accounts/portraits.tsx'
import { type Account, accountsAt } from '../accounts/search.ts'
import { differing } from '../base/differing-letters.ts'
import { useCodes } from '../base/labels.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Loading } from '../parts/page-state.tsx'
import { Cells } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'

/**
 * What a decision on an account rests on: what the sources say side by side, what nobody checked, who decides, who
 * looked. What the installation does not know is said to be not done, or absent.
 */

type Evidence = Answer<typeof showEvidence>
type Compared = Evidence['compared'][number]
type Has = { readonly account: Account; readonly evidence: Evidence }

export const isWaiting = ({ state, asks }: Account): boolean => state === 'requested' || asks !== undefined

/** Read where the request waits and the reader decides; each reading is written down. */
export function useEvidence(account: Account): Evidence | undefined {
  const mayDecide = useMay('accounts.approve')
  const { data } = useAsk(showEvidence, { params: { id: account.id } }, { when: mayDecide && isWaiting(account) })
  return data
}

/** Whether both say the same; a residence is written longer on a card than in the register. */
function isSame({ field, register, card }: Compared): boolean | undefined {
  if (register === undefined || card === undefined) return undefined
  const [ours, theirs] = [register, card].map(text => text.normalize('NFC').toLowerCase())
  return field === 'residence' ? (theirs ?? '').includes(ours ?? '') : ours === theirs
}

/** What neither a machine nor an officer did for a request: faces compared, code to the phone, chip read. */
const countUndone = ({ account: { portrait }, evidence: { chipRead } }: Has): number =>
  [portrait?.face && portrait.face.verdict !== 'not-done', false, chipRead].filter(done => !done).length

/** How many differ between the sources, and how many were not checked. */
const countsOf = (has: Has) => {
  const { compared } = has.evidence
  return {
    differs: compared.filter(row => isSame(row) === false).length,
    same: compared.filter(isSame).length,
    unchecked: compared.filter(row => isSame(row) === undefined).length + countUndone(has),
  }
}

export function EvidenceSentence(has: Has) {
  const say = useSay()
  const { differs, unchecked, same } = countsOf(has)
  return (
    <>
      {say(differs > 0 ? 'evidence-differs' : same > 0 ? 'evidence-all-same' : 'evidence-none-compared', {
        differs,
        unchecked,
      })}
    </>
  )
}

export function EvidenceParts({ account, evidence }: { account: Account; evidence: Evidence | undefined }) {
  const say = useSay()
  const mayDecide = useMay('accounts.approve')
  if (!mayDecide || !isWaiting(account)) return null
  if (!evidence) return <Loading what={say('evidence-reading')} />
  return (
    <section className="part evidence" aria-label={say('evidence-title')}>
      <Portraits key={account.id} account={account} />
      <div>
        <h2>{say('evidence-number')}</h2>
        {evidence.number ? (
          <Cells number={evidence.number} explained />
        ) : (
          <p className="late-text">{say('evidence-number-none')}</p>
        )}
        <Checks account={account} evidence={evidence} />
      </div>
      <ComparedTable evidence={evidence} />
    </section>
  )
}

const faceKinds = { same: 'done', unsure: 'waiting', different: 'late' } as const

/** What the face engine says of the portrait that was sent beside the card's. */
function FaceChip({ account: { portrait } }: Pick<Has, 'account'>) {
  const say = useSay()
  const verdict = portrait?.face?.verdict ?? 'not-done'
  if (verdict === 'not-done') return <NotDone />
  return <Chip kind={faceKinds[verdict]}>{say(`evidence-face-${verdict}`)}</Chip>
}

const NotDone = () => <Chip kind="not-begun">{useSay()('evidence-not-done')}</Chip>

function Checks({ account, evidence }: Has) {
  const say = useSay()
  const codes = useCodes()
  const { phone, card, representative, state, level, requestedBy } = account
  const isHeld = card?.inForce === true
  const { chipRead } = evidence
  const isOnItsWay = ['applied', 'approved', 'produced', 'at-unit'].includes(card?.state ?? '')
  const rows: readonly (readonly [head: string, what: ReactNode, mark?: ReactNode])[] = [
    [say('desk-phone'), phone ? say('desk-phone-ends', { digits: phone }) : say('desk-no-phone')],
    [say('evidence-code'), say('evidence-code-means'), <NotDone key="code" />],
    [
      say('evidence-card'),
      card
        ? isHeld && evidence.cardExpiresOn
          ? say('evidence-card-until', { day: dayText(evidence.cardExpiresOn) })
          : codes('card', card.state)
        : say('evidence-card-none'),
      card && (
        <Chip key="card" kind={isHeld ? 'done' : isOnItsWay ? 'waiting' : 'late'}>
          {say(isHeld ? 'evidence-in-force' : isOnItsWay ? 'evidence-on-its-way' : 'evidence-not-in-force')}
        </Chip>
      ),
    ],
    [
      say('evidence-chip'),
      chipRead ? say('evidence-chip-read', { by: chipRead.by, ...instantText(chipRead.at) }) : '',
      chipRead ? (
        <Chip key="chip" kind="done">
          {say('evidence-chip-proved')}
        </Chip>
      ) : (
        <NotDone key="chip" />
      ),
    ],
    [say('evidence-face'), say('evidence-face-means'), <FaceChip key="face" account={account} />],
    [say('evidence-level'), state === 'requested' ? say('evidence-level-none') : say('account-level', { n: level })],
    [
      say('evidence-asks'),
      [representative ? say('evidence-acts', { name: representative.name }) : say('evidence-self'), requestedBy]
        .filter(Boolean)
        .join('; '),
    ],
  ]
  return (
    <table className="checks">
      <tbody>
        {rows.map(([head, what, mark]) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            <td>{what}</td>
            <td className="end">{mark}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const marks: Readonly<Record<'same' | 'other' | 'not-done', ChipKind>> = {
  same: 'done',
  other: 'late',
  'not-done': 'not-begun',
}

function ComparedTable({ evidence }: { evidence: Evidence }) {
  const say = useSay()
  return (
    <>
      <table className="checks compared">
        <thead>
          <tr>
            <th scope="col">{say('evidence-compare')}</th>
            <th scope="col">{say('evidence-register')}</th>
            <th scope="col">{say('evidence-printed')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {evidence.compared.map(row => (
            <ComparedRow key={row.field} row={row} />
          ))}
        </tbody>
      </table>
      {!evidence.printed && <p className="small">{say('evidence-printed-none')}</p>}
    </>
  )
}

function ComparedRow({ row }: { row: Compared }) {
  const say = useSay()
  const codes = useCodes()
  const same = isSame(row)
  const read = (value: string | undefined) =>
    value === undefined
      ? undefined
      : row.field === 'sex'
        ? codes('sex', value)
        : row.field === 'birthDate'
          ? dayText(value)
          : value
  const [ours, theirs] = [read(row.register), read(row.card)]
  const pair = same === false && ours && theirs ? differing(ours, theirs) : undefined
  const outcome = same === undefined ? 'not-done' : same ? 'same' : 'other'
  const none = <span className="quiet">{say('evidence-not-known')}</span>
  return (
    <tr>
      <th scope="row">{say(`evidence-field-${row.field}`)}</th>
      <td>{pair ? <Letters of={pair.left} /> : (ours ?? none)}</td>
      <td>{pair ? <Letters of={pair.right} /> : (theirs ?? none)}</td>
      <td className="end">
        <Chip kind={marks[outcome]}>{say(`evidence-${outcome}`)}</Chip>
      </td>
    </tr>
  )
}

type Stretches = readonly { readonly text: string; readonly differs: boolean }[]

/** Letters that the other side has not are marked. */
function Letters({ of }: { of: Stretches }) {
  // A stretch is known by where in the text it begins.
  let place = 0
  return of.map(({ text, differs }) => {
    const key = place
    place += text.length
    return differs ? <mark key={key}>{text}</mark> : text
  })
}

/** In the margin: who has the power to decide, by which rule, and how much waits. */
export function PowerAndCounts({ evidence }: { evidence: Evidence | undefined }) {
  const say = useSay()
  const { language } = useLanguage()
  if (!evidence) return null
  const { decides, decidesLaw, waiting, overdue, approvedToday } = evidence
  return (
    <section>
      <dl>
        <div>
          <dt>{say('evidence-power')}</dt>
          <dd>{say(`evidence-power-${decides}`)}</dd>
        </div>
        <div>
          <dt>{say('evidence-basis')}</dt>
          <dd>{basisText(decidesLaw, language)}</dd>
        </div>
        <div>
          <dt>{say('evidence-waiting')}</dt>
          <dd>
            <Go to={accountsAt({ hang: 'to-approve' })}>{numberText(waiting)}</Go>
          </dd>
        </div>
        <div>
          <dt>{say('evidence-overdue')}</dt>
          <dd>{numberText(overdue)}</dd>
        </div>
        <div>
          <dt>{say('evidence-today')}</dt>
          <dd>{numberText(approvedToday)}</dd>
        </div>
      </dl>
    </section>
  )
}

/** Beside it: accounts before this one, and who looked. */
export function FormerAndLooks({ evidence }: { evidence: Evidence | undefined }) {
  const say = useSay()
  const codes = useCodes()
  if (!evidence) return null
  const { former, looks } = evidence
  return (
    <>
      <section className="part">
        <h2>{say('evidence-former')}</h2>
        {former.length === 0 && <p className="quiet">{say('evidence-former-none')}</p>}
        <ol className="events">
          {former.map(({ state, level, onDay, at }) => (
            <li key={`${onDay} ${state} ${level} ${at}`}>
              <span className="when">{dayText(onDay)}</span>
              <span>
                {codes('desk-went', state)}
                <span className="quiet">, {say('account-level', { n: level }).toLowerCase()}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section className="part">
        <h2>{say('evidence-looks')}</h2>
        <ol className="events">
          {looks.map(({ at: since, by }) => {
            const { day, time } = instantText(since)
            return (
              <li key={since + by}>
                <span className="when">
                  {day} {time}
                </span>
                <span>{by}</span>
              </li>
            )
          })}
        </ol>
      </section>
    </>
  )
}
