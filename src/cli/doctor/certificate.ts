import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { now } from '../../platform/clock.ts'
import { runningServers } from '../../platform/data-folder/data-folder.ts'
import { certificateDays } from '../../platform/http/law.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** What is said where the other side answers without TLS. */
const isPlain = (error: { readonly code?: string }) =>
  /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/.test(error.code ?? '')

/** When the certificate ends by which a server of this machine speaks https; undefined where it speaks none. */
const servedUntil = (host: string, port: number) =>
  new Promise<Date | undefined>((resolve, fail) => {
    // What counts is its last day: whom it convinces is told by the devices that trust its authority.
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: 5000 }, () => {
      resolve(new Date(socket.getPeerCertificate().valid_to))
      socket.destroy()
    })
    socket.on('error', error => (isPlain(error) ? resolve(undefined) : fail(error)))
    socket.on('timeout', () => socket.destroy(new Error('no answer')))
  })

/** Whether the certificate that the running server shows was renewed in time; a proxy's is not looked at. */
export async function checkCertificate({
  folder,
  config: { host },
}: {
  readonly folder: string
  readonly config: Pick<LookedAtHouse['config'], 'host'>
}): Promise<DoctorCheck> {
  const what = 'certificate'
  const [server] = await runningServers(folder)
  if (!server) return { what, ok: true, found: 'no server runs that could show one' }
  // One of before a proxy came may be left.
  const isMade = existsSync(join(folder, 'keys', 'server.crt')) && server.origin.startsWith('https:')
  const until = isMade ? await servedUntil(host === '0.0.0.0' ? '127.0.0.1' : host, server.port) : undefined
  if (!until) return { what, ok: true, found: 'none of its own: a proxy speaks https, or nobody' }
  const days = Math.floor((until.getTime() - now().getTime()) / 86_400_000)
  return {
    what,
    ok: days >= certificateDays.takeNextBefore - 1,
    found: `the server shows one that ends on ${until.toISOString().slice(0, 10)}, in ${days} days`,
    todo: 'it was not renewed: docs/operations/runbooks/certificate-ends.md',
  }
}
