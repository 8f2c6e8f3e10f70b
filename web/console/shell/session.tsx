import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Day } from '../../../src/platform/day.ts'
import type { LawRow } from '../../../src/platform/law.ts'
import { setLawOfTexts } from '../../../src/platform/law-of-texts.ts'
import { me } from '../../../src/staff/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { openDrafts } from '../base/drafts.ts'
import { useLanguage } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed } from '../parts/page-state.tsx'
import { FrameSkeleton } from './page-skeleton.tsx'

/** Who works at this console now, in which unit, and what they may do. */
export type Session = Answer<typeof me>

const Session = createContext<Session | undefined>(undefined)

/** The installation's own rows, as texts ask them. */
function lawOf({ law, today }: Session): Parameters<typeof setLawOfTexts>[0] {
  const lawRows = new Map<string, LawRow[]>()
  for (const { rule, from, value } of law)
    lawRows.set(rule, [...(lawRows.get(rule) ?? []), { from: from as Day, value: JSON.parse(value), source: '' }])
  return { lawRows, today: () => today as Day }
}

/** Whether the officer's drafts of this tab were taken up: forms are drawn with them. */
function useDraftsOpened(officerKey: string | undefined): boolean {
  const [isOpened, setOpened] = useState(false)
  useEffect(() => {
    if (officerKey) void openDrafts(officerKey).finally(() => setOpened(true))
  }, [officerKey])
  return isOpened
}

/** Opens the console for whoever is signed in; the call itself goes to sign-in for anyone else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useAsk(me, {})
  useMemo(() => data && setLawOfTexts(lawOf(data)), [data])
  const hasDrafts = useDraftsOpened(data?.draftKey)
  if (data && hasDrafts) return <Session value={data}>{children}</Session>
  if (!error) return <FrameSkeleton />
  return (
    <main className="page">
      <Failed error={error} retry={() => void refetch()} />
    </main>
  )
}

export function useSession(): Session {
  const session = useContext(Session)
  if (!session) throw new Error('outside of a session')
  return session
}

/** The house's business day: the default as-of of every page. */
export const useToday = () => useSession().today as Day

/** The unit, or the school, that the officer acts in, by name; without an appointment, none. */
export function useUnitName(): string {
  const { post, unitPath } = useSession()
  return post?.schoolName ?? post?.unitName ?? unitPath[0]?.name ?? ''
}

/** The role that the officer acts in, in the language of the screen. */
export function useRoleName(): string {
  const { language } = useLanguage()
  return useSession().post?.roleName[language] ?? ''
}

/** The post as each request of the page names it, so that none goes out in another (`postIn` of staff). */
export const postOf = ({ post }: Session): string | undefined =>
  post && [post.appointmentId, ...(post.standIn ? [post.standIn.id] : [])].join('.')

/** Whether the officer may do it; what one may not do is absent, never grey. */
export const useMay = (right: string) => useSession().rights.includes(right)
