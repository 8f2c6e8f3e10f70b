import type { FastifyInstance } from 'fastify'
import { dayAt } from '../day.ts'
import { html, type Language, languageOf, page } from '../pages/html.ts'
import { type CertificateHolder, endOf, fingerprintOf } from './tls.ts'

/** How a device comes to trust the installation's own certificate: one page, and the authorities themselves. */

const texts: Readonly<Record<Language, { title: string; steps: string[]; next: string; end: string; before: string }>> =
  {
    vi: {
      title: 'Tin cậy chứng thư của hệ thống',
      steps: [
        'Tải tệp chứng thư bên dưới về máy. So mã SHA-256 với mã mà quản trị viên cung cấp.',
        'Windows: mở tệp, chọn Install Certificate, Local Machine, Trusted Root Certification Authorities.',
        'Android: Cài đặt, Bảo mật, Cài chứng chỉ CA. iPhone: mở tệp, cài hồ sơ, rồi bật trong Giới thiệu, ' +
          'Tin cậy chứng nhận.',
        'Mở lại trang này. Trình duyệt không còn cảnh báo.',
      ],
      next: 'Chứng thư kế tiếp, cài cùng lúc để không bị cảnh báo khi thay:',
      end: 'Có hiệu lực đến',
      before: 'Chứng thư đã hết hạn của hệ thống này thì gỡ khỏi máy.',
    },
    en: {
      title: "Trust this installation's certificate",
      steps: [
        'Download the certificate below to this device. Compare its SHA-256 with the one that the administrator gives.',
        'Windows: open it, Install Certificate, Local Machine, Trusted Root Certification Authorities.',
        'Android: Settings, Security, install a CA certificate. iPhone: ' +
          'open it, install the profile, then switch it on under About, Certificate Trust.',
        'Open this page again; the browser no longer warns.',
      ],
      next: 'The next certificate; install it too, so that nothing warns when it is taken:',
      end: 'In force until',
      before: 'Remove those of this installation that have ended from the device.',
    },
  }

export function trustPage(app: FastifyInstance, certificate: CertificateHolder): void {
  const hidden = { schema: { hide: true } }
  app.get('/trust/authority.crt', hidden, async (_request, reply) =>
    reply.type('application/x-x509-ca-cert').send(certificate.current().authority),
  )
  app.get('/trust/next-authority.crt', hidden, async (_request, reply) => {
    const { nextAuthority } = certificate.current()
    return nextAuthority ? reply.type('application/x-x509-ca-cert').send(nextAuthority) : reply.callNotFound()
  })
  app.get('/trust', hidden, async (request, reply) => {
    const language = languageOf(request.headers)
    const { title, steps, next, end, before } = texts[language]
    const { authority, nextAuthority } = certificate.current()
    const offer = (file: string, text: string) =>
      html`<p><a class="button" href="/trust/${file}" download>${file}</a></p>
<p class="small">SHA-256 <code>${fingerprintOf(text)}</code><br>${end} ${dayAt(endOf(text))}</p>`
    return reply.type('text/html; charset=utf-8').send(
      page(
        language,
        title,
        html`<main class="sheet"><h1>${title}</h1><ol>${steps.map(step => html`<li>${step}</li>`)}</ol>
${offer('authority.crt', authority)}
${nextAuthority && html`<p>${next}</p>${offer('next-authority.crt', nextAuthority)}`}
<p class="small">${before}</p></main>`,
      ),
    )
  })
}
