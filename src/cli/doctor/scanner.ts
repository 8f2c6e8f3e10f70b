import { scannerState } from '../../platform/scanning/scanning.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Whether files that people send are looked at for viruses, tried with the text that every scanner must find. */
export async function checkScanner(house: LookedAtHouse): Promise<DoctorCheck> {
  const [what, state] = ['virus scanner', await scannerState()]
  const todo = 'see docs/operations.md, Files that people send'
  if (state.kind === 'none') {
    const ok = house.record()['demonstration'] !== undefined
    return { what, ok, found: 'none: files that people send are not scanned', todo, advice: true }
  }
  if (state.kind === 'silent') return { what, ok: false, found: 'it does not answer: no file is taken', todo }
  const found = state.kind === 'works' ? state.version : `${state.version}, but it does not find the test file`
  return { what, ok: state.kind === 'works', found, todo }
}
