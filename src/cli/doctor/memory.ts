import { readFile } from 'node:fs/promises'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/**
 * Whether the machine says that its memory is encrypted. A guest of AMD SEV or Intel TDX has a flag of its own; on the
 * machine itself `tme` and `sme` say what the processor can, while its firmware or kernel may have left it off.
 */
const ofGuests = ['tdx_guest', 'sev_snp', 'sev_es', 'sev']
const ofProcessors = ['tme', 'sme']

/** What the flags of /proc/cpuinfo and the devices of a guest say. */
export function memoryEncryption(cpuinfo: string, devices: readonly string[]): DoctorCheck {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.trim().split(/\s+/))
  const isGuest = flags.has('hypervisor')
  const guest = ofGuests.filter(flag => flags.has(flag))
  // On a host the flags sev… say what its guests may have, not that its own memory is encrypted.
  const own = isGuest ? [...guest, ...devices] : ofProcessors.filter(flag => flags.has(flag))
  const found = own.length
    ? `the machine says ${own.join(', ')}${isGuest ? '' : ', which its firmware must have switched on'}`
    : 'the machine does not say that its memory is encrypted'
  const todo = 'ask for one with SEV-SNP, TDX or TME: docs/operations.md, The machine'
  return { what: 'encrypted memory', ok: own.length > 0, found, todo, advice: true }
}

const isThere = (path: string) =>
  readFile(path).then(
    () => true,
    (error: { code?: string }) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  )

export async function checkMemory(house: LookedAtHouse): Promise<DoctorCheck> {
  const cpuinfo = await readFile('/proc/cpuinfo', 'utf8').catch((error: { code?: string }) => {
    // Other systems have no such file, and say nothing.
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const names = ['sev-guest', 'tdx_guest']
  const there = await Promise.all(names.map(name => isThere(`/dev/${name}`)))
  const check = memoryEncryption(
    cpuinfo,
    names.filter((_, at) => there[at]),
  )
  return { ...check, ok: check.ok || house.record()['demonstration'] !== undefined }
}
