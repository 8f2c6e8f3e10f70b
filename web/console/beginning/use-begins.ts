import { showInstallation } from '../../../src/installation/contract.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { useMay, useSession } from '../shell/session.tsx'

/** Whether the officer sets the installation up: by right, in a post at its province. */
export function useMayBegin(): boolean {
  const { unitPath } = useSession()
  return useMay('register.import') && unitPath[0]?.level === 'province'
}

/** Whether the installation still begins: then its page is a place of its own, later a tab of administration. */
export function useBegins(): boolean {
  const { demonstration } = useSession()
  const { data } = useAsk(showInstallation, {}, { when: useMayBegin() && !demonstration })
  return data?.steps.some(({ step, state }) => step === 'roll' && state !== 'done') ?? false
}
