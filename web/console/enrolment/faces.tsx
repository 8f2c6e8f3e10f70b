import { showFace, showPicture } from '../../../src/enrolment/adjudication/contract.ts'
import { call } from '../../parts/call.ts'
import { dayText, roundedText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Go } from '../parts/place-link.tsx'
import { usePicture } from './pictures.tsx'
import type { Application } from './search.ts'

type Compared = NonNullable<Application['faces']>

/**
 * Each face that this one was compared with and that an officer must look at, beside it: both, score and threshold; and
 * whom an engine of somebody else's found, by the same.
 */
export function Faces({ application }: { application: Application }) {
  const say = useSay()
  const { faces, findings, pictures, id } = application
  if (!faces) return null
  const matches = findings.some(({ kind, verdict }) => kind === 'face-match' && verdict !== 'not-done')
  if (!matches && faces.alike.length === 0) return null
  const own = pictures.find(({ modality }) => modality === 'face')?.part
  const unnamed = faces.count - faces.alike.length
  return (
    <section className="part faces">
      <h2>{say('faces-title')}</h2>
      {matches && faces.former && (
        <Pair id={id} own={own} face="former" title={say('faces-former')} {...faces.former} />
      )}
      {faces.alike.map(one => (
        <Alike
          key={one.template}
          id={id}
          own={own}
          face={one.template}
          person={one.person}
          score={one.score}
          threshold={faces.threshold ?? 0}
        />
      ))}
      {unnamed > 0 && <p className="small">{say('faces-more', { n: unnamed })}</p>}
      <Rates faces={faces} />
    </section>
  )
}

type AlikeProps = {
  readonly id: string
  readonly own: string | undefined
  readonly face: string
  readonly person: Compared['alike'][number]['person']
  readonly score?: number | undefined
  readonly threshold?: number
}

function Alike({ id, own, face, person, score, threshold }: AlikeProps) {
  const say = useSay()
  const compared = { score, ...(threshold !== undefined && { threshold }) }
  if (!person)
    return (
      <div>
        <h3>{say('faces-outside')}</h3>
        {score !== undefined && <Score score={score} threshold={threshold} />}
        <p className="small">{say('faces-outside-what')}</p>
      </div>
    )
  return (
    <Pair id={id} own={own} face={face} title={say('faces-other', { name: person.name })} {...compared}>
      <p className="small">
        {[dayText(person.born), person.number && say('faces-number', { number: person.number }), person.unit]
          .filter(Boolean)
          .join(' · ')}
        {'. '}
        <Go to={at(`/dan-cu/nguoi/${person.personId}`)}>{say('open-person')}</Go>
      </p>
    </Pair>
  )
}

/** Whom an engine of somebody else's found by all pictures of this capture. */
export function FoundByEngine({ application }: { application: Application }) {
  const say = useSay()
  const { engineSearch, pictures, id } = application
  if (!engineSearch) return null
  const own = pictures.find(({ modality }) => modality === 'face')?.part
  const unnamed = engineSearch.count - engineSearch.alike.length
  return (
    <section className="part faces">
      <h2>{say('engine-title')}</h2>
      {engineSearch.alike.map(({ reference, person, score }) => (
        <Alike key={reference} id={id} own={own} face={reference} person={person} score={score} />
      ))}
      {unnamed > 0 && <p className="small">{say('faces-more', { n: unnamed })}</p>}
      {engineSearch.unknown > 0 && <p className="small">{say('engine-unknown', { n: engineSearch.unknown })}</p>}
      <p className="small">{say('engine-rates-unknown')}</p>
    </section>
  )
}

type PairProps = {
  readonly id: string
  readonly own: string | undefined
  /** `former`, or the template or reference of another person's capture. */
  readonly face: string
  readonly title: string
  readonly score?: number | undefined
  /** Absent of an engine of somebody else's, whose threshold is its own. */
  readonly threshold?: number
  readonly children?: React.ReactNode
}

function Pair({ id, own, face, title, score, threshold, children }: PairProps) {
  const say = useSay()
  const ours = usePicture(signal => call(showPicture, { params: { id, part: own ?? '' }, signal }), `${id} ${own}`)
  const other = usePicture(signal => call(showFace, { params: { id, face }, signal }), `${id} ${face}`)
  return (
    <div>
      <h3>{title}</h3>
      <div className="looks">
        <Look picture={ours} name={say('faces-this')} />
        <Look picture={other} name={say('faces-that')} />
      </div>
      {score !== undefined && <Score score={score} threshold={threshold} />}
      {children}
    </div>
  )
}

function Score({ score, threshold }: { readonly score: number; readonly threshold: number | undefined }) {
  const say = useSay()
  return (
    <p>
      {threshold === undefined
        ? say('faces-engine-score', { score: roundedText(score, 1) })
        : say('faces-score', { score: roundedText(score, 1), threshold: roundedText(threshold, 0) })}
    </p>
  )
}

function Look({ picture, name }: { readonly picture: ReturnType<typeof usePicture>; readonly name: string }) {
  const say = useSay()
  const { address, isLost, onLost } = picture
  return (
    <figure className="face">
      {address && !isLost ? (
        <img src={address} alt={name} onError={onLost} />
      ) : (
        <span className="no-picture">{say(isLost ? 'picture-unseen' : 'picture-opening')}</span>
      )}
      <figcaption className="small">{name}</figcaption>
    </figure>
  )
}

function Rates({ faces: { errorRates } }: { readonly faces: Compared }) {
  const say = useSay()
  return (
    <p className="small">
      {errorRates
        ? say('faces-rates', {
            set: errorRates.set,
            licence: errorRates.licence,
            fm: errorRates.falseMatchesPerMillion,
            fnm: errorRates.falseNonMatchesPerMillion,
          })
        : say('faces-rates-unknown')}
    </p>
  )
}
