import { parseDay } from '../../platform/day.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { formShape, readForms } from '../../platform/http/csrf.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { readReceiptCode } from './receipt-code.ts'
import { receiptFormPage, receiptPage, receiptUnknownPage } from './receipt-page.ts'
import { findReceiptView, findReceiptViewByCode } from './receipts.ts'

type ReceiptHouse = { readonly openWork: OpenWork; readonly isDemonstration: () => boolean }

const token = /^[\w-]{22}$/

/** Anyone who holds the paper may look; guesses at 128 bits are limited all the same. */
function tokenRoutes({ app }: Doors, house: ReceiptHouse): void {
  app.get<{ Params: { token: string } }>(
    '/receipt/:token',
    { schema: { hide: true }, config: { rateLimit: rateLimitOf('receipts') } },
    async (request, reply) => {
      const frame = staff.frameOf(request, house.isDemonstration())
      const view = token.test(request.params.token)
        ? await house.openWork(asSystem('receipt'), work => findReceiptView(work, request.params.token))
        : undefined
      return view
        ? staff.sendPage(reply, 200, receiptPage(frame, view))
        : staff.sendPage(reply, 404, receiptUnknownPage(frame))
    },
  )
}

/** The code is typed into a form and is in no address. */
async function codeRoutes({ app }: Doors, house: ReceiptHouse): Promise<void> {
  const slow = { rateLimit: rateLimitOf('receipts') }
  await app.register(async forms => {
    readForms(forms, 2000)
    forms.get('/receipt', { schema: { hide: true } }, async (request, reply) =>
      staff.sendPage(reply, 200, receiptFormPage(staff.frameOf(request, house.isDemonstration()))),
    )
    forms.post<{ Body: { code?: string; day?: string } }>(
      '/receipt',
      { schema: { hide: true, body: formShape(200, 'code', 'day') }, config: slow },
      async (request, reply) => {
        const frame = staff.frameOf(request, house.isDemonstration())
        const { code: typed = '', day = '' } = request.body ?? {}
        const code = readReceiptCode(typed)
        const found =
          code && (await house.openWork(asSystem('receipt'), work => findReceiptViewByCode(work, code, parseDay(day))))
        if (found === 'several')
          return staff.sendPage(reply, 200, receiptFormPage(frame, { code: typed, wrong: 'ask-day' }))
        if (!found) return staff.sendPage(reply, 404, receiptFormPage(frame, { code: typed, wrong: 'not-here' }))
        return staff.sendPage(reply, 200, receiptPage(frame, found))
      },
    )
  })
}

export async function receiptRoutes(doors: Doors, house: ReceiptHouse): Promise<void> {
  tokenRoutes(doors, house)
  await codeRoutes(doors, house)
}
