import { Sign } from '../../parts/sign.tsx'
import { useSay } from '../base/language.tsx'
import { base } from '../base/navigation.ts'
import { useLoadingSaid } from '../parts/page-state.tsx'
import { Skeleton, type SkeletonShape } from '../parts/skeleton.tsx'

/** Pages of figures and of one thing; the others are lists. */
const shapes: readonly (readonly [path: RegExp, shape: SkeletonShape])[] = [
  [/\/in$/, 'paper'],
  [/^\/(hom-nay|chien-dich|bao-cao|the|pho-cap|kiem-toan)$/, 'figures'],
  [/^\/(dan-cu\/nguoi|tai-khoan|thu-nhan|the)\/[^/]+$/, 'text'],
]

const shapeHere = (): SkeletonShape => {
  const path = location.pathname.slice(base.length)
  return shapes.find(([pattern]) => pattern.test(path))?.[1] ?? 'rows'
}

/** A page of which nothing is there yet, in the places where its margin and its work will stand. */
export function PageSkeleton() {
  const say = useSay()
  const said = useLoadingSaid(say('page-arrives'))
  return (
    <div className="sheet" aria-busy="true">
      <aside className="margin margin-awaited">
        <div className="skeleton margin-lines" aria-hidden>
          <span className="skeleton-piece title w88" />
          <span className="skeleton-piece title w60" />
          <span className="skeleton-piece w48" />
          <span className="skeleton-piece w60" />
        </div>
      </aside>
      <main className="page" id="page">
        <p className="unseen" role="status">
          {said}
        </p>
        <Skeleton shape={shapeHere()} />
      </main>
    </div>
  )
}

/** The same before it is known who works here: the bar without its places. */
export const FrameSkeleton = () => {
  const say = useSay()
  return (
    <div className="house">
      <header className="bar">
        <span className="name">
          <Sign />
          {say('house')}
        </span>
      </header>
      <PageSkeleton />
    </div>
  )
}
