import type { Server } from 'node:https'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type CertificateHolder, openCertificate } from '../platform/http/tls.ts'
import type { Log } from '../platform/log.ts'

/**
 * The certificate by which an installation speaks https itself (setting `tls`), for this machine and the host of its
 * origin.
 */
export const openOwnCertificate = ({
  folder,
  origin,
}: {
  readonly folder: string
  readonly origin: string
}): Promise<CertificateHolder> =>
  openCertificate(join(folder, 'keys'), [...new Set(['localhost', '127.0.0.1', new URL(origin).hostname])])

/** What a port that speaks https by it is made of; nothing where the installation has none. */
export const httpsBy = (certificate: CertificateHolder | undefined) =>
  certificate && { https: { key: certificate.current().key, cert: certificate.current().cert } }

/** How often the certificate is looked at: it ends while a process runs for a year. */
const renewCertificateEvery = 24 * 3_600_000

/** Renews the certificate of running ports in time. */
export function keepCertificate(
  certificate: CertificateHolder,
  { apps, log }: { readonly apps: readonly FastifyInstance[]; readonly log: Log },
): NodeJS.Timeout {
  const renew = () =>
    certificate
      .renew(...apps.map(({ server }) => server as unknown as Server))
      .catch(error => log.error({ err: error }, 'the certificate was not renewed'))
  return setInterval(renew, renewCertificateEvery).unref()
}
