import { showInstallation } from '../../../src/installation/contract.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { useMay, useSession } from '../shell/session.tsx'

/** Whether the officer sets the installation up: by right, in a post at its province. */
export function useMayBegin(): boolean {
  const { unitPath } = useSession()
  return useMay('register.import') && unitPath[0]?.level === 'province'
}

/** Whether the installation still begins: then its page is an administrator's first place, later a tab. */
export function useBegins(): boolean {
  const { demonstration } = useSession()
  // Whoever has the places of daily work finds it as a tab of administration from the first day.
  const isForOthers = useMay('campaign.figures')
  const { data } = useAsk(showInstallation, {}, { when: useMayBegin() && !demonstration && !isForOthers })
  return data?.steps.some(({ step, state }) => step === 'roll' && state !== 'done') ?? false
}
