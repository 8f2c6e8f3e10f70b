import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { aBirthCertificate, anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { aPdf, aStream } from '../../test/foreign-pdfs.ts'
import { openHouse } from '../../test/house.ts'
import { casesWithPapers } from '../attachment-kinds.ts'
import * as audit from '../audit/audit.ts'
import { setConsequences } from '../audit/record.ts'
import * as dataProtection from '../data-protection/data-protection.ts'
import { type Id, newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Authority } from '../platform/work.ts'
import { paperKinds } from '../register/corrections/paper-needs.ts'
import { sayPaper } from '../register/corrections/words.ts'
import * as register from '../register/register.ts'
import { type AttachedCaseKind, attachedPapers } from './attachment.ts'
import * as attachments from './attachments.ts'
import { checkFile } from './check-file.ts'
import { sayAttachedPaper } from './words.ts'

/** Papers of corrections and of requests, from the form to the decision and after it. */

const house = await openHouse({ withUnits: true })
setConsequences({
  'correction.withdrawn': [attachments.eraseAfterWithdrawal],
  'data-request.withdrawn': [attachments.eraseAfterWithdrawal],
})
const proposer = await anOfficerOf(house, commune.haKhanh)
const decider = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)
const form = { code: 'DC02', version: 'TT104/2020' }

const photograph = () =>
  sharp(randomBytes(48 * 32 * 3), { raw: { width: 48, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer()
const aScan = (text = 'page') => aPdf({ objects: [aStream(`(${text}) Tj`)] })
const codeOf = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

type To = { readonly personId: Id<'person'> } | { readonly caseId: string }
const attach = async (to: To, bytes: Buffer, by: Authority = proposer, caseKind: AttachedCaseKind = 'correction') => {
  const file = await checkFile(bytes)
  return house.as(by, work =>
    attachments.attach(work, casesWithPapers, { caseKind, paper: 'birth-certificate', file, ...to }),
  )
}
const propose = (personId: Id<'person'>, ids: readonly attachments.AttachmentId[], by: Authority = proposer) =>
  house.as(by, work =>
    register.proposeCorrection(work, {
      personId,
      form,
      evidence: aBirthCertificate(),
      values: { hometown: 'Hải Dương' },
      attachments: ids,
    }),
  )
/** A correction with one photograph. */
async function proposed() {
  const person = aPerson({ commune: commune.haKhanh })
  const personId = await enter(house, person)
  const bytes = await photograph()
  const { attachment } = await attach({ personId }, bytes)
  const correction = await propose(personId, [attachment.id])
  return { person, personId, bytes, attachment, correction }
}
const listed = (caseId: string, by: Authority = decider, kind: AttachedCaseKind = 'correction') =>
  house.as(by, work => attachments.listOfCase(work, kind, caseId))
const read = (id: attachments.AttachmentId, by: Authority = decider, kind: AttachedCaseKind = 'correction') =>
  house.as(by, work => attachments.readContent(work, kind, id))
const remove = (id: attachments.AttachmentId, by: Authority = proposer, reason = 'nhầm trang khác') =>
  house.as(by, work => attachments.remove(work, casesWithPapers, 'correction', { id, reason }))
const contentsOf = (id: string) =>
  house.owner<{ body: Buffer; data_key: Buffer }>('select * from attachments.content where attachment_id = $1', [id])

test('a paper of a form comes to its correction; whoever decides opens it, which is a reading', async () => {
  const { personId, attachment, correction } = await proposed()
  const before = await listed(correction.id)
  assert.deepEqual(
    before.attachments.map(({ id, paper, addedBy }) => [id, paper, addedBy]),
    [[attachment.id, 'birth-certificate', proposer.by.id]],
  )
  assert.equal(before.seen.has(attachment.id), false)
  const { content } = await read(attachment.id)
  assert.equal((await sharp(content).metadata()).format, 'jpeg')
  assert.ok((await listed(correction.id)).seen.has(attachment.id))
  const readings = await house.owner<{ purpose: string; fields: string }>(
    `select purpose, fields from audit.access where person_id = $1 and case_kind = 'attachment' and case_id = $2`,
    [personId, attachment.id],
  )
  assert.deepEqual(readings, [{ purpose: 'test', fields: 'attachment' }])
  const deeds = await house.work(work => audit.deedsOf(work, correction.id))
  assert.deepEqual(deeds.map(({ deed }) => deed).sort(), ['attachment.added', 'correction.proposed'])
  assert.equal(await codeOf(house.as(decider, work => register.approveCorrection(work, correction.id))), 'done')
})

test('the database has nothing of a paper that reads without the house’s key, nor the name of its file', async () => {
  const { attachment } = await proposed()
  const [sealed] = await contentsOf(attachment.id)
  assert.ok(sealed)
  assert.equal(sealed.body.includes('JFIF'), false)
  assert.equal(sealed.body.includes(Buffer.from([0xff, 0xd8, 0xff])), false)
  assert.equal(sealed.data_key.length, 60)
  // Moved to another paper it does not open, nor does one that was changed.
  const other = (await proposed()).attachment
  await house.owner('update attachments.content set data_key = $2, body = $3 where attachment_id = $1', [
    other.id,
    sealed.data_key,
    sealed.body,
  ])
  await assert.rejects(read(other.id), /authenticate data/)
})

test('an officer of another unit neither lists nor opens a paper, adds none and removes none', async () => {
  const { personId, attachment, correction } = await proposed()
  assert.deepEqual((await listed(correction.id, elsewhere)).attachments, [])
  assert.equal(await codeOf(read(attachment.id, elsewhere)), 'attachment-unknown')
  assert.equal(await codeOf(read(newId<'attachment'>(), decider)), 'attachment-unknown')
  assert.equal(await codeOf(read(attachment.id, decider, 'data-request')), 'attachment-unknown')
  assert.equal(await codeOf(remove(attachment.id, elsewhere)), 'attachment-unknown')
  assert.equal(await codeOf(attach({ caseId: correction.id }, aScan(), elsewhere)), 'attachment-case-unknown')
  assert.equal(await codeOf(attach({ personId }, aScan(), elsewhere)), 'attachment-case-unknown')
  // The content alone, by its id, is no way round.
  const bare = await house.as(elsewhere, async ({ tx }) => tx.selectFrom('attachments.content').selectAll().execute())
  assert.deepEqual(bare, [])
})

test('what is not sent yet is its officer’s alone, and comes to a correction of that person alone', async () => {
  const personId = await enter(house, aPerson({ commune: commune.haKhanh }))
  const other = await enter(house, aPerson({ commune: commune.haKhanh }))
  const { attachment } = await attach({ personId }, aScan('mine'))
  const unfinished = (by: Authority) =>
    house.as(by, work => attachments.listUnfinished(work, 'correction', personId)).then(all => all.length)
  assert.deepEqual([await unfinished(proposer), await unfinished(decider)], [1, 0])
  assert.equal(await codeOf(read(attachment.id, decider)), 'attachment-unknown')
  assert.equal(await codeOf(propose(personId, [attachment.id], decider)), 'attachment-unknown')
  assert.equal(await codeOf(propose(other, [attachment.id])), 'attachment-unknown')
  await propose(personId, [attachment.id])
  assert.equal(await codeOf(propose(personId, [attachment.id])), 'attachment-unknown', 'it has a case already')
})

test('the same file twice is told and kept once, and after 20 files a case takes no other', async () => {
  const { bytes, attachment, correction } = await proposed()
  const again = await attach({ caseId: correction.id }, bytes)
  assert.deepEqual([again.already, again.attachment.id], [true, attachment.id])
  // Two at once do not make it 21 either.
  for (let n = 1; n < 19; n += 1) await attach({ caseId: correction.id }, aScan(`page ${n}`))
  const both = await Promise.all(
    ['one', 'two'].map(name => codeOf(attach({ caseId: correction.id }, aScan(name), decider))),
  )
  assert.deepEqual(both.sort(), ['attachment-too-many', 'done'])
  assert.equal((await listed(correction.id)).attachments.length, 20)

  // The same of a form, which no case holds.
  const personId = await enter(house, aPerson({ commune: commune.haKhanh }))
  for (let n = 1; n < 20; n += 1) await attach({ personId }, aScan(`form ${n}`))
  const ofForm = await Promise.all(['three', 'four'].map(name => codeOf(attach({ personId }, aScan(name)))))
  assert.deepEqual(ofForm.sort(), ['attachment-too-many', 'done'])
})

test('whoever attached a paper removes it with a reason: its content is gone, that it was there stays', async () => {
  const { attachment, correction } = await proposed()
  assert.equal(await codeOf(remove(attachment.id, decider)), 'attachment-not-yours')
  assert.equal(await codeOf(remove(attachment.id, proposer, ' .. ')), 'attachment-reason-needed')
  await remove(attachment.id)
  const [one] = (await listed(correction.id)).attachments
  assert.deepEqual([one?.removedReason, one?.erasedAt !== undefined], ['nhầm trang khác', true])
  assert.deepEqual(await contentsOf(attachment.id), [])
  assert.equal(await codeOf(read(attachment.id)), 'attachment-erased')
  assert.equal(await codeOf(remove(attachment.id)), 'attachment-unknown')
})

test('once a correction is decided its papers stay as they are, and are still opened', async () => {
  const { attachment, correction } = await proposed()
  await house.as(decider, work => register.approveCorrection(work, correction.id))
  assert.equal(await codeOf(attach({ caseId: correction.id }, aScan())), 'attachment-closed')
  assert.equal(await codeOf(remove(attachment.id)), 'attachment-closed')
  assert.equal(await codeOf(read(attachment.id)), 'done')
})

test('a paper that comes after the page was opened stops a decision on what the page showed', async () => {
  const { correction } = await proposed()
  const [shown] = await house.work(work => audit.latestDeeds(work, [correction.id]))
  const { attachment } = await attach({ caseId: correction.id }, aScan('later'))
  const decide = (seen: string | undefined) =>
    codeOf(house.as(decider, work => register.approveCorrection(seen ? { ...work, seen } : work, correction.id)))
  assert.equal(await decide(shown?.id), 'changed-meanwhile')
  assert.equal(attachment.addedBy, proposer.by.id)
  const [now] = await house.work(work => audit.latestDeeds(work, [correction.id]))
  assert.equal(await decide(now?.id), 'done')
})

test('a request about one’s own data takes papers at the counter; the person has them in their copy', async () => {
  const personId = await enter(house, aPerson({ commune: commune.haKhanh }))
  const { attachment } = await attach({ personId }, aScan('request'), proposer, 'data-request')
  assert.equal(await codeOf(propose(personId, [attachment.id])), 'attachment-unknown', 'it is of no correction')
  const { id } = await house.as(proposer, work =>
    dataProtection.fileRequest(work, {
      personId,
      kind: 'erase',
      words: 'Đề nghị xóa dữ liệu của tôi',
      way: 'counter',
      attachments: [attachment.id],
    }),
  )
  assert.equal((await listed(id, decider, 'data-request')).attachments.length, 1)
  assert.equal(await codeOf(read(attachment.id, elsewhere, 'data-request')), 'attachment-unknown')
  const own = (ownOf: Id<'person'>) =>
    house.as({ by: { kind: 'citizen', id: ownOf }, scope: 'none', ownOf, purpose: 'own-page' }, work =>
      attachments.papersOfPerson(work, personId),
    )
  assert.deepEqual(
    (await own(personId)).map(({ content }) => content?.toString('latin1', 0, 5)),
    ['%PDF-'],
  )
  assert.deepEqual(await own(await enter(house, aPerson({ commune: commune.haKhanh }))), [])
})

test('what was left in a form goes after a day, the papers of a withdrawn case after thirty', async () => {
  const personId = await enter(house, aPerson({ commune: commune.haKhanh }))
  const left = await attach({ personId }, aScan('left'))
  const fresh = await attach({ personId }, aScan('fresh'))
  const { attachment, correction } = await proposed()
  await house.as(proposer, work => register.withdrawCorrection(work, correction.id, { reason: 'Người dân rút' }))
  const clear = () => attachments.clearAttachments(house.openWork)
  assert.deepEqual(await clear(), { left: 0, withdrawn: 0 })

  await house.owner(`update attachments.attachment set uploaded_at = now() - interval '25 hours' where id = $1`, [
    left.attachment.id,
  ])
  await house.owner(`update attachments.attachment set erase_at = erase_at - interval '30 days' where id = $1`, [
    attachment.id,
  ])
  assert.equal(await house.work(attachments.countToClear), 2)
  assert.deepEqual(await clear(), { left: 1, withdrawn: 1 })
  assert.deepEqual([await contentsOf(left.attachment.id), await contentsOf(attachment.id)], [[], []])
  assert.equal((await contentsOf(fresh.attachment.id)).length, 1)
  assert.equal(await codeOf(read(attachment.id)), 'attachment-erased')
  const [line] = (await listed(correction.id)).attachments
  assert.ok(line?.erasedAt, 'that it was there stays')
})

test('each paper that a correction may name as its evidence can be attached, under the same words', async () => {
  for (const kind of paperKinds) {
    assert.ok(attachedPapers.includes(kind), kind)
    for (const language of ['vi', 'en'] as const)
      assert.equal(sayAttachedPaper(language)(kind), sayPaper(language)(kind))
  }
})
