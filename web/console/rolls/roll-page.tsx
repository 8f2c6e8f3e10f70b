import { useParams } from '@tanstack/react-router'
import { acceptRoll } from '../../../src/rolls/accepting/contract.ts'
import { listRolls, reconcileRoll, showRoll } from '../../../src/rolls/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, Progress, RefusedNote, State } from '../parts/page-state.tsx'
import type { Roll } from '../review/roll.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import { DraftPage } from './draft-page.tsx'
import { HeldAsUnlike } from './replacement.tsx'
import { ResultPage } from './result-page.tsx'
import { RollProgress } from './roll-progress.tsx'

const isRunning = (roll: Roll | undefined) => roll?.state === 'queued' || roll?.state === 'comparing'

/** One roll, by how far it has come: its columns, its comparison, its result. */
export function RollPage() {
  const say = useSay()
  const { id } = useParams({ from: '/ra-soat/$id' })
  const first = useAsk(showRoll, { params: { id } })
  const running = isRunning(first.data)
  const { data: roll } = useAsk(showRoll, { params: { id } }, { every: running && 1000 })
  if (!roll)
    return (
      <Page title={say('rolls')}>
        {first.error ? (
          <Failed error={first.error} retry={() => void first.refetch()} />
        ) : (
          <Loading what={say('reading-roll')} />
        )}
      </Page>
    )
  if (roll.state === 'draft') return <DraftPage roll={roll} />
  if (roll.state === 'held') return <Held roll={roll} />
  if (roll.state === 'reconciled') return <ResultPage key={roll.id} roll={roll} />
  return <Comparing roll={roll} />
}

/** Nothing of a held roll is kept: of strangers until another officer accepts it, else until its sender confirms it. */
function Held({ roll }: { roll: Roll }) {
  const say = useSay()
  return (
    <Page
      title={say(roll.heldFor === 'unlike' ? 'roll-unlike-title' : 'roll-held-title', { school: roll.school.name })}
      strip={[roll.school.name, roll.schoolYear]}
      margin={<RollProgress roll={roll} step={2} />}
    >
      {roll.heldFor === 'unlike' ? <HeldAsUnlike roll={roll} /> : <HeldForStrangers roll={roll} />}
    </Page>
  )
}

function HeldForStrangers({ roll }: { roll: Roll }) {
  const say = useSay()
  const accept = useDo(acceptRoll, [showRoll, listRolls])
  const isMine = roll.sentBy.id === useSession().id
  const mayAccept = useMay('rolls.review') && !isMine
  return (
    <>
      <State
        so={say('held-so')}
        todo={say('held-todo')}
        buttons={
          mayAccept && (
            <Button look="primary" onPress={() => accept.mutate({ params: { id: roll.id } })}>
              {say('held-accept')}
            </Button>
          )
        }
      />
      <RefusedNote error={accept.error} />
    </>
  )
}

function Comparing({ roll }: { roll: Roll }) {
  const say = useSay()
  const again = useDo(reconcileRoll, [showRoll, listRolls])
  const title = say('roll-title', { school: roll.school.name })
  return (
    <Page title={title} strip={[roll.school.name, roll.schoolYear]} margin={<RollProgress roll={roll} step={2} />}>
      {roll.state === 'failed' ? (
        <>
          <State
            so={say('compare-failed')}
            todo={say('compare-failed-todo')}
            buttons={
              <Button look="primary" onPress={() => again.mutate({ params: { id: roll.id } })}>
                {say('compare-again')}
              </Button>
            }
          />
          <RefusedNote error={again.error} />
        </>
      ) : (
        <Progress
          what={say(roll.state === 'queued' ? 'compare-waiting' : 'compare-running', { n: numberText(roll.rows) })}
          todo={say('compare-leave', { n: roll.progress })}
          done={roll.progress}
          whole={100}
        />
      )}
    </Page>
  )
}
