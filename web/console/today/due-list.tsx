import { TriangleAlert } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { DueItem } from './due-item.ts'

const groups = ['overdue', 'today', 'later', 'undated'] as const

type DueListProps = { readonly due: readonly DueItem[]; readonly counting: number; readonly error: Error | null }

/** Due, count, deed, button; the overdue row alone has the primary button. */
export function DueList({ due, counting, error }: DueListProps) {
  const say = useSay()
  const mayImport = useMay('rolls.import')
  if (counting > 0 && !due.length) return <Loading what={say('reading-list')} />
  if (error && !due.length) return <Failed error={error} />
  if (!due.length)
    return (
      <State
        so={say('due-none')}
        todo={mayImport && say('due-none-todo')}
        buttons={mayImport && <Button href={at('/ra-soat')}>{say('rolls')}</Button>}
      />
    )
  return (
    <section className="due" aria-label={say('due-what')} aria-busy={counting > 0}>
      <div className="due-row head">
        <span>{say('due-when')}</span>
        <span className="end">{say('due-count')}</span>
        <span>{say('due-what')}</span>
      </div>
      {groups.map(group => (
        <Group key={group} group={group} due={due.filter(({ when }) => when === group)} />
      ))}
      {counting > 0 && <p className="quiet">{say('due-counting', { n: counting })}</p>}
      {error && <p className="late-text">{say('due-some-unread')}</p>}
    </section>
  )
}

function Group({ group, due }: { group: (typeof groups)[number]; due: readonly DueItem[] }) {
  const say = useSay()
  if (!due.length) return null
  return (
    <>
      <h2 className="due-group">{say(`group-${group}`)}</h2>
      {due.map(item => (
        <div className="due-row" key={item.key}>
          <span>
            {group === 'overdue' ? (
              <Chip kind="late" icon={TriangleAlert}>
                {item.until}
              </Chip>
            ) : (
              <span className="figures">{item.until}</span>
            )}
          </span>
          <span className="end count">
            <Figure value={item.count} to={item.to} label={item.what} isMore={item.isMore} />
          </span>
          <span>
            <span className="what">{item.what}</span>
            <span className="small">{item.about}</span>
          </span>
          <Button look={group === 'overdue' ? ['row', 'primary'] : 'row'} href={item.to}>
            {item.deed}
          </Button>
        </div>
      ))}
    </>
  )
}
