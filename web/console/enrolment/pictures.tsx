import { Fingerprint } from 'lucide-react'
import { useEffect, useState } from 'react'
import { showPicture } from '../../../src/enrolment/adjudication/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { useKeys } from '../base/keys.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Application } from './search.ts'

type One = Application['pictures'][number]

/**
 * Portrait and signature at once; fingerprints when somebody asks, since each look is opened for itself and written
 * down.
 */
export function Pictures({ application: { id, pictures } }: { application: Application }) {
  const say = useSay()
  const [fingersShown, setFingersShown] = useState(false)
  const first = pictures.filter(({ modality }) => modality === 'face' || modality === 'signature')
  const fingers = pictures.filter(({ modality }) => modality === 'finger' || modality === 'iris')
  useKeys(fingers.length > 0 ? [{ key: 'v', said: say('keys-fingers'), run: () => setFingersShown(true) }] : [])
  return (
    <section className="part pictures">
      <h2 className="unseen">{say('pictures-title')}</h2>
      {pictures.length === 0 && <p className="quiet">{say('pictures-none')}</p>}
      <div className="looks">
        {first.map(one => (
          <Picture key={one.part} id={id} one={one} />
        ))}
      </div>
      {fingers.length > 0 && (
        <Fingers id={id} fingers={fingers} shown={fingersShown} onShow={() => setFingersShown(true)} />
      )}
    </section>
  )
}

type FingersProps = {
  readonly id: string
  readonly fingers: readonly One[]
  readonly shown: boolean
  readonly onShow: () => void
}

function Fingers({ id, fingers, shown, onShow }: FingersProps) {
  const say = useSay()
  if (shown)
    return (
      <div className="fingers">
        {fingers.map(one => (
          <Picture key={one.part} id={id} one={one} />
        ))}
      </div>
    )
  return (
    <div className="buttons">
      <Button icon={Fingerprint} cap="V" onPress={onShow}>
        {say('fingers-open', { n: fingers.length })}
      </Button>
      <span className="small">{say('fingers-logged')}</span>
    </div>
  )
}

/** 'Left IndexFinger' of the Secure Biometric Interface → 'left-index'. */
const fingerOf = (subtype: string) =>
  subtype
    .replace(/Finger$/, '')
    .replace(' ', '-')
    .toLowerCase()

function Picture({ id, one }: { id: string; one: One }) {
  const say = useSay()
  const codes = useCodes()
  const { part, modality, subtype, quality } = one
  const { address, isLost, onLost } = usePicture(
    signal => call(showPicture, { params: { id, part }, signal }),
    `${id} ${part}`,
  )
  const name = subtype ? codes('finger', fingerOf(subtype)) : codes('picture', modality)
  return (
    <figure className={modality}>
      {address && !isLost ? (
        <img src={address} alt={name} onError={onLost} />
      ) : (
        <span className="no-picture">{say(isLost ? 'picture-unseen' : 'picture-opening')}</span>
      )}
      <figcaption className="small">
        {name}
        {quality !== undefined && `, ${say('finger-quality', { n: quality })}`}
      </figcaption>
    </figure>
  )
}

/** Opens a picture; `key`: of the picture, which is opened anew when it changes. */
type OpenPicture = (signal: AbortSignal) => Promise<{ readonly content: Blob }>

/** The bytes stay in memory while the picture is in sight, and nowhere else. */
export function usePicture(open: OpenPicture, key: string) {
  const [address, setAddress] = useState<string>()
  const [isLost, setLost] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which picture it is
  useEffect(() => {
    const over = new AbortController()
    let made: string | undefined
    open(over.signal).then(
      ({ content }) => {
        if (over.signal.aborted) return
        if (content.size === 0) return setLost(true)
        made = URL.createObjectURL(content)
        setAddress(made)
      },
      () => over.signal.aborted || setLost(true),
    )
    return () => {
      over.abort()
      if (made) URL.revokeObjectURL(made)
    }
  }, [key])
  return { address, isLost, onLost: () => setLost(true) }
}
