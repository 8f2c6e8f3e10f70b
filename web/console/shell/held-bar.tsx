import { useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { listHeldDecisions, undoDecisions } from '../../../src/decisions/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'

type Press = Answer<typeof listHeldDecisions>['presses'][number]

/** The page of what was decided; a follow-up and a card stand in lists. */
const pageOf: Partial<Readonly<Record<Press['subject'], string>>> = {
  account: '/tai-khoan',
  application: '/thu-nhan',
  card: '/the',
}

/** Seconds left of an answer that is some milliseconds old: the server's clock counts, and ours only how long it is. */
export const secondsNow = (seconds: number, readAt: number): number =>
  Math.max(0, Math.ceil(seconds - (Date.now() - readAt) / 1000))

export const minutesText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Draws anew each second while something may be undone. */
export function useTick(on: boolean) {
  const [, setTick] = useState(0)
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => setTick(tick => tick + 1), 1000)
    return () => clearInterval(timer)
  }, [on])
}

/**
 * What the officer decided and may still undo stands on every page, also after a reload, until it takes effect. What
 * could not be carried out stands there too, with why.
 */
export function HeldBar() {
  const say = useSay()
  const client = useQueryClient()
  const { data, dataUpdatedAt } = useAsk(listHeldDecisions, {}, { every: 30_000 })
  const undo = useDo(undoDecisions)
  const [hidden, setHidden] = useState<readonly string[]>([])
  const held = (data?.presses ?? []).filter(({ state }) => state === 'held')
  const failed = (data?.presses ?? []).filter(({ id, state }) => state === 'not-carried-out' && !hidden.includes(id))
  const open = held.filter(({ seconds }) => secondsNow(seconds, dataUpdatedAt) > 0)
  useTick(open.length > 0)
  const [latest] = open
  const takeBack = (press: Press | undefined) =>
    press &&
    !undo.isPending &&
    void undo
      .mutateAsync({ params: { id: press.id } })
      .catch(() => undefined)
      .finally(() => client.invalidateQueries())
  useKeys(latest ? [{ key: 'z', said: say('keys-undo-held'), run: () => takeBack(latest) }] : [])

  // What has just taken effect is read anew once, with everything that it changed.
  const count = useRef(0)
  useEffect(() => {
    if (open.length < count.current) setTimeout(() => void client.invalidateQueries(), 3000)
    count.current = open.length
  }, [open.length, client])
  if (open.length === 0 && failed.length === 0) return null
  return (
    <section className="held-bar" aria-label={say('held-title')}>
      {failed.map(press => (
        <div key={press.id} className="held late" role="alert">
          <p>
            <b>{say('held-failed')}</b> <What press={press} /> {press.why}.
          </p>
          <Button onPress={() => setHidden([...hidden, press.id])}>{say('held-seen')}</Button>
        </div>
      ))}
      {open.map((press, nth) => (
        <Held
          key={press.id}
          press={press}
          readAt={dataUpdatedAt}
          onUndo={() => takeBack(press)}
          busy={undo.isPending}
          hasKey={nth === 0}
        />
      ))}
      <RefusedNote error={undo.error} />
    </section>
  )
}

function What({ press }: { press: Press }) {
  const say = useSay()
  const codes = useCodes()
  const page = pageOf[press.subject]
  const what = `${codes('held', press.kind)}${press.count > 1 ? ` (${say('held-count', { n: press.count })})` : ''}`
  if (!page || press.count > 1) return <b>{what}.</b>
  return (
    <>
      <b>{what}.</b> <Go to={at(`${page}/${press.subjectId}`)}>{say('held-open')}</Go>
    </>
  )
}

type HeldProps = {
  readonly press: Press
  readonly readAt: number
  readonly onUndo: () => void
  readonly busy: boolean
  readonly hasKey: boolean
}

function Held({ press, readAt, onUndo, busy, hasKey }: HeldProps) {
  const say = useSay()
  const left = secondsNow(press.seconds, readAt)
  return (
    <div className="held">
      <p>
        <What press={press} /> {say('held-until', { time: instantText(press.until).time })}
      </p>
      <Button icon={Undo2} onPress={onUndo} {...(hasKey && { cap: 'Z' })} {...(busy && { disabled: true })}>
        {say('held-undo', { left: minutesText(left) })}
      </Button>
    </div>
  )
}
