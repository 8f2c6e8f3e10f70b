import { ClockAlert, HardDrive, TriangleAlert, Usb, WifiOff } from 'lucide-react'
import { type ReactNode, useCallback } from 'react'
import { instantText, numberText } from '../../parts/formats.ts'
import { owed } from '../keep/packet-chain.ts'
import { Button, LinkButton } from '../parts/button.tsx'
import { littleRoom, useRoom } from '../running/disk-space.ts'
import { useGo } from '../running/open-page.ts'
import { isOffline, useLive, useRunning } from '../running/running.tsx'
import { useUsb } from '../running/usb-deed.ts'
import { useSay } from '../words/language.tsx'

/** More than anybody captures in a session: said as so many, it would only be a long figure. */
const plenty = 5000

/** What the machine itself has to say, one line, never in the way: the line, the clock, packets that need a person. */
export function MachineStatus() {
  const say = useSay()
  const go = useGo()
  const { keep, line, clock, behind, at, jump, jumpSeen, disk, lookAgain } = useRunning()
  const counts = useLive(
    useCallback(async () => {
      const all = await owed(keep)
      return { owed: all.length, refused: all.filter(({ state }) => state === 'refused').length }
    }, [keep]),
  )
  const waiting = counts?.owed ?? 0
  const room = useRoom(keep, waiting)?.people
  const usb = useUsb()
  const little = room !== undefined && room < littleRoom
  const toUsb = waiting > 0 && (
    <Button look="small" icon={Usb} onPress={() => void usb.write()}>
      {say('to-usb')}
    </Button>
  )
  if (disk === 'full')
    return (
      <Bar
        kind="late"
        icon={HardDrive}
        so={say('disk-full')}
        button={
          <>
            <Button look="small" onPress={lookAgain}>
              {say('disk-look-again')}
            </Button>
            {toUsb}
          </>
        }
      >
        {say('disk-full-todo')} {waiting > 0 && say('safe-here', { n: waiting })} {usb.said}
      </Bar>
    )
  if (behind && clock)
    return (
      <Bar kind="late" icon={ClockAlert} so={say('clock-back', { latest: whenText(clock.latest) })}>
        {say('clock-back-todo')}
      </Bar>
    )
  if (jump)
    return (
      <Bar
        kind="late"
        icon={ClockAlert}
        so={say(jump.by < 0 ? 'clock-jumped-back' : 'clock-jumped-ahead', {
          n: Math.max(1, Math.round(Math.abs(jump.by) / 60)),
          now: whenText(Date.parse(jump.at)),
        })}
        button={
          <Button look="small" onPress={jumpSeen}>
            {say('clock-jumped-seen')}
          </Button>
        }
      >
        {say('clock-jumped-todo')}
      </Bar>
    )
  if (line?.told !== undefined)
    return (
      <Bar kind="late" icon={TriangleAlert} so={say('house-refuses', { code: line.told })}>
        {say('house-refuses-todo')}
      </Bar>
    )
  if (isOffline({ line }) || little)
    return (
      <Bar
        kind={little ? 'late' : 'waiting'}
        icon={little ? TriangleAlert : WifiOff}
        so={isOffline({ line }) ? goneText(line?.goneSince ?? 0, at, say) : say('room-little', { n: room ?? 0 })}
        button={toUsb}
      >
        {waiting > 0 ? say('safe-here', { n: waiting }) : say('safe-none')}{' '}
        {isOffline({ line }) &&
          room !== undefined &&
          say(little ? 'room-little' : 'room', { n: numberText(Math.min(room, plenty)) })}{' '}
        {usb.said}
      </Bar>
    )
  if (counts && counts.refused > 0)
    return (
      <Bar kind="late" icon={TriangleAlert} so={say('some-refused', { n: counts.refused })}>
        <LinkButton onPress={() => go('packets')}>{say('see-them')}</LinkButton>
      </Bar>
    )
  return null
}

const whenText = (instant: number) => {
  const { day, time } = instantText(new Date(instant).toISOString())
  return `${time} ${day}`
}

function goneText(since: number, at: Date, say: ReturnType<typeof useSay>): string {
  const [then, now] = [instantText(new Date(since).toISOString()), instantText(at.toISOString())]
  return then.day === now.day ? say('line-gone', { time: then.time }) : say('line-gone-day', then)
}

type BarProps = {
  readonly kind: 'waiting' | 'late'
  readonly icon: typeof WifiOff
  readonly so: string
  readonly children: ReactNode
  readonly button?: ReactNode
}

function Bar({ kind, icon: Icon, so, children, button }: BarProps) {
  return (
    <section className={`banner ${kind}`} aria-label={so}>
      <Icon size={18} aria-hidden />
      <p>
        <strong>{so}</strong> {children}
      </p>
      {button}
    </section>
  )
}
