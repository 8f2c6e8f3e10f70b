import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { changePlan, showPlanWeek } from '../../../src/planning/plan-calendar/contract.ts'
import { listPlans } from '../../../src/planning/plans/contract.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goInstead } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { isSameSlot, type Slot, sessionBeside, shownSession, slotBeside, slotOf } from './lanes.ts'
import { MovePanel } from './move-panel.tsx'
import { PlanDays } from './plan-days.tsx'
import { PlanLanes } from './plan-lanes.tsx'
import { PlanMap } from './plan-map.tsx'
import { type PlanRow, type PlanWeek, planAt, type WeekSession } from './search.ts'
import { SessionReasons } from './session-reasons.tsx'
import { useTriedMove } from './use-tried-move.ts'

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const

type BoardProps = { readonly plan: PlanRow; readonly week: PlanWeek; readonly children: ReactNode }

/** The week as lanes and as a map, and the chosen session beside it; on a phone day by day, to be read. */
export function PlanBoard({ plan, week, children }: BoardProps) {
  const narrow = useNarrow()
  const { buoi } = useSearch({ from: '/lich-luu-dong/phuong-an' })
  const chosen = shownSession(week.sessions, buoi)
  if (narrow)
    return (
      <>
        <PlanDays plan={plan} week={week} chosen={buoi ? chosen?.id : undefined} />
        {buoi && chosen && <SessionReasons plan={plan} week={week} session={chosen} />}
      </>
    )
  return (
    <WideBoard plan={plan} week={week} chosen={chosen}>
      {children}
    </WideBoard>
  )
}

function WideBoard({ plan, week, chosen, children }: BoardProps & { readonly chosen: WeekSession | undefined }) {
  const say = useSay()
  const mayChange = useMay('planning.manage') && plan.state === 'draft'
  const [target, setTarget] = useState<Slot>()
  const change = useDo(changePlan, [showPlanWeek, listPlans])
  const lanes = useRef<HTMLDivElement>(null)
  const tried = useTriedMove(plan.id, plan.version, chosen, target)
  const go = (id: string | undefined) => goInstead(planAt({ pa: plan.id, tuan: week.monday, buoi: id }))
  // Another session, or a plan that has changed, is moved nowhere yet.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever one of these changes
  useEffect(() => setTarget(undefined), [chosen?.id, plan.version])
  const focusChosen = () => lanes.current?.querySelector<HTMLElement>('.lane-session.chosen')?.focus()
  const choose = (session: WeekSession) => {
    change.reset()
    go(session.id)
    requestAnimationFrame(focusChosen)
  }
  const keep = () => {
    if (change.isPending || !chosen || !target || isSameSlot(chosen, target)) return
    if (!tried.data || tried.data.faults.length > 0) return
    const move = { kind: 'move' as const, session: chosen.id, ...target }
    change.mutate(
      { params: { id: plan.id }, body: { version: plan.version, change: move } },
      { onSuccess: ({ session }) => go(session) },
    )
  }
  const lock = () => {
    if (!chosen || change.isPending) return
    const kind = chosen.locked ? ('unlock' as const) : ('lock' as const)
    change.mutate({ params: { id: plan.id }, body: { version: plan.version, change: { kind, session: chosen.id } } })
  }
  const begin = () => chosen && setTarget(slotOf(chosen))
  useKeys([
    ...arrows.map(key => ({
      key,
      said: say('lanes-keys'),
      run: () => {
        if (!chosen) return
        if (target) setTarget(slotBeside(week, target, key))
        else choose(sessionBeside(week, week.sessions, chosen, key))
      },
    })),
    ...(mayChange && chosen
      ? [
          {
            key: 'l',
            said: say(chosen.locked ? 'session-unlock-deed' : 'session-lock-deed'),
            run: lock,
            decides: true,
          },
          { key: 'm', said: say('session-move-deed-plan'), run: begin },
        ]
      : []),
    ...(target
      ? [
          { key: 'Enter', said: say('move-keep'), run: keep, decides: true },
          { key: 'Escape', said: say('move-leave'), run: () => setTarget(undefined) },
        ]
      : []),
  ])
  const moving = chosen && target
  return (
    <div className="week-split plan-split">
      <div className="plan-main">
        <PlanLanes
          ref={lanes}
          week={week}
          chosen={chosen}
          target={target}
          tried={tried}
          mayMove={mayChange}
          onChoose={choose}
          onDrag={(session, slot) => {
            if (session.id === chosen?.id) setTarget(slot)
          }}
        />
        <div className="plan-below">
          <PlanMap week={week} chosen={chosen} planId={plan.id} />
          {children}
        </div>
      </div>
      <div className="companion">
        {moving && (
          <MovePanel
            week={week}
            session={chosen}
            target={target}
            tried={tried}
            onKeep={keep}
            busy={change.isPending}
            onLeave={() => setTarget(undefined)}
          />
        )}
        <RefusedNote error={change.error} />
        {chosen && !moving && (
          <SessionReasons
            plan={plan}
            week={week}
            session={chosen}
            {...(mayChange && { onLock: lock, onMove: begin, busy: change.isPending })}
          />
        )}
      </div>
    </div>
  )
}
