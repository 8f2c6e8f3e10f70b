import { useEffect, useState } from 'react'
import { showPortrait } from '../../../src/accounts/contract.ts'
import { call } from '../../parts/call.ts'
import { roundedText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Term } from '../help/term.tsx'
import { useMay } from '../shell/session.tsx'
import type { Account } from './search.ts'

type Which = 'sent' | 'card'

/**
 * The portrait that came with the request beside that of the card; each is opened for this look, and the look is
 * written down.
 */
export function Portraits({ account }: { account: Account }) {
  const say = useSay()
  const mayLook = useMay('accounts.approve')
  const { id, portrait, cardPortrait } = account
  if (!mayLook) return <p className="part quiet">{say('desk-portraits-not-yours')}</p>
  return (
    <section className="part pictures">
      <h2>
        <Term of="desk-portraits" />
      </h2>
      <div className="looks portraits">
        {portrait ? (
          <Portrait id={id} which="sent" />
        ) : (
          <Missing said={say(whyNone(account))} caption={say('desk-portrait-sent')} />
        )}
        {cardPortrait ? (
          <Portrait id={id} which="card" />
        ) : (
          <Missing said={say('desk-portrait-card-none')} caption={say('desk-portrait-card')} />
        )}
      </div>
      <FaceVerdict account={account} />
      <p className="small">{say('desk-portraits-means')}</p>
    </section>
  )
}

/** What the face engine says of the two; nothing where it has not compared them yet. */
function FaceVerdict({ account: { portrait } }: { account: Account }) {
  const say = useSay()
  const face = portrait?.face
  if (!face) return null
  const { verdict, score, threshold } = face
  return (
    <p className={verdict === 'different' ? 'note late' : verdict === 'unsure' ? 'note waiting' : 'quiet'}>
      {say(`desk-face-${verdict}`)}.{' '}
      {score !== undefined &&
        threshold !== undefined &&
        say('desk-face-score', { score: roundedText(score, 1), threshold: roundedText(threshold, 0) })}
    </p>
  )
}

/** Why no portrait came with a request. */
const whyNone = ({ via, imported }: Account) =>
  imported ? 'evidence-portrait-imported' : via === 'self' ? 'desk-portrait-none' : 'evidence-portrait-not-sent'

const Missing = ({ said, caption }: { said: string; caption: string }) => (
  <figure className="face">
    <span className="no-picture">{said}</span>
    <figcaption className="small">{caption}</figcaption>
  </figure>
)

function Portrait({ id, which }: { id: string; which: Which }) {
  const say = useSay()
  const { address, isLost, onLost } = usePortrait(id, which)
  const caption = say(`desk-portrait-${which}`)
  if (!address || isLost) return <Missing said={say(isLost ? 'picture-unseen' : 'picture-opening')} caption={caption} />
  return (
    <figure className="face">
      <img src={address} alt={caption} onError={onLost} />
      <figcaption className="small">{caption}</figcaption>
    </figure>
  )
}

/** The bytes stay in memory while the picture is in sight, and nowhere else. */
function usePortrait(id: string, which: Which) {
  const [address, setAddress] = useState<string>()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    const over = new AbortController()
    let made: string | undefined
    call(showPortrait, { params: { id, which }, signal: over.signal }).then(
      ({ content }) => {
        if (over.signal.aborted) return
        made = URL.createObjectURL(content)
        setAddress(made)
      },
      () => over.signal.aborted || setLost(true),
    )
    return () => {
      over.abort()
      if (made) URL.revokeObjectURL(made)
    }
  }, [id, which])
  return { address, isLost, onLost: () => setLost(true) }
}
