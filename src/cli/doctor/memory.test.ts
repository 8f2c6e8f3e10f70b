import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryEncryption } from './memory.ts'

/** /proc/cpuinfo as kernels write it, cut to what is read. */
const cpu = (flags: string) => `processor\t: 0\nvendor_id\t: x\nflags\t\t: fpu vme ${flags}\nbugs\t\t: spectre_v1\n`

test('a machine whose memory the provider can read is told apart from one that encrypts it', () => {
  const isEncrypted = (flags: string, devices: string[] = []) => memoryEncryption(cpu(flags), devices).ok
  assert.equal(isEncrypted('hypervisor aes'), false, 'a common guest')
  assert.equal(isEncrypted('aes avx2'), false, 'a common machine')
  for (const flag of ['tdx_guest', 'sev_snp', 'sev_es', 'sev'])
    assert.equal(isEncrypted(`hypervisor ${flag}`), true, flag)
  assert.equal(isEncrypted('hypervisor', ['sev-guest']), true)
  for (const flag of ['tme', 'sme']) assert.match(memoryEncryption(cpu(flag), []).found, /firmware must have switched/)
})

test('what a host could give its guests, or a guest sees of its host, is not taken for its own encryption', () => {
  assert.equal(memoryEncryption(cpu('sev sev_es sev_snp'), []).ok, false)
  assert.equal(memoryEncryption(cpu('hypervisor tme sme'), []).ok, false)
  assert.equal(memoryEncryption(cpu('hypervisor sevenfold'), []).ok, false)
  assert.equal(memoryEncryption('', []).ok, false)
})
