import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { anObjectStream, aPdf, aStream } from '../../../test/foreign-pdfs.ts'
import { watchStretches } from '../../../test/longest-stretch.ts'
import { zip } from '../../../test/workbooks/zip.ts'
import { findPdfFault } from './foreign-pdf.ts'

const limits = { mostStructure: 400_000 }
const kindOf = (bytes: Buffer) => findPdfFault(bytes, limits)?.kind

async function drawn(draw: (document: PDFKit.PDFDocument) => void, options = {}): Promise<Buffer> {
  const document = new PDFDocument(options)
  const pieces: Buffer[] = []
  document.on('data', piece => pieces.push(piece))
  const ended = new Promise(done => document.once('end', done))
  draw(document)
  document.end()
  await ended
  return Buffer.concat(pieces)
}

test('a scan as scanners write it is taken: pictures, text under them, tables and objects in streams', async () => {
  const picture = await sharp({ create: { width: 800, height: 1100, channels: 3, background: '#dde' } })
    .jpeg()
    .toBuffer()
  const scanned = await drawn(document => {
    for (let page = 0; page < 3; page += 1) document.addPage().image(picture, 0, 0, { width: 595 }).text('Nguyen An')
  })
  assert.equal(findPdfFault(scanned, limits), undefined)
  assert.equal(findPdfFault(aPdf(), limits), undefined)
  const inAnother = aStream('0 0 1 1 re f', '', '5 0 R')
  assert.equal(findPdfFault(aPdf({ objects: [inAnother, String('0 0 1 1 re f'.length)] }), limits), undefined)
  const packed = anObjectStream('<< /Type /Font /BaseFont /Arial >>')
  assert.equal(findPdfFault(aPdf({ objects: [aStream('q Q'), packed] }), limits), undefined)
  assert.equal(findPdfFault(aPdf({ catalogue: '/OpenAction [3 0 R /Fit]' }), limits), undefined)
  const added = Buffer.concat([aPdf(), aPdf().subarray('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'.length)])
  assert.equal(findPdfFault(added, limits), undefined, 'an update behind it')
})

test('a PDF that runs, opens, sends or carries something is refused, however the name of it is written', async () => {
  const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'
  for (const [found, bytes] of [
    ['JavaScript', aPdf({ catalogue: `/OpenAction ${script}` })],
    ['JavaScript', aPdf({ catalogue: '/OpenAction << /S /J#61vaScript /J#53 (x) >>' })],
    ['JavaScript', aPdf({ page: `/AA << /O ${script} >>` })],
    ['JavaScript', aPdf({ objects: [aStream('q Q'), anObjectStream(script)] })],
    ['JavaScript', aPdf({ objects: [aStream('q Q'), anObjectStream(script, { type: '' })] })],
    ['Launch', aPdf({ catalogue: '/OpenAction << /S /Launch /Win << /F (cmd.exe) >> >>' })],
    ['EmbeddedFiles', aPdf({ catalogue: '/Names << /EmbeddedFiles 9 0 R >>' })],
    ['EF', aPdf({ page: '/Annots [<< /Subtype /FileAttachment /FS << /EF << /F 9 0 R >> >> >>]' })],
    ['SubmitForm', aPdf({ catalogue: '/OpenAction << /S /SubmitForm /F (https://a.example) >>' })],
    ['RichMedia', aPdf({ page: '/Annots [<< /Subtype /RichMedia >>]' })],
    ['XFA', aPdf({ catalogue: '/AcroForm << /XFA 9 0 R >>' })],
    ['F', aPdf({ objects: [aStream('', '/F (\\\\\\\\a.example\\\\share)')] })],
  ] as const)
    assert.deepEqual(findPdfFault(bytes, limits), { kind: 'active', found })
  const attached = await drawn(document => {
    document.file(Buffer.from('MZ'), { name: 'a.exe' })
    document.text('x')
  })
  assert.equal(kindOf(attached), 'active')
  const locked = await drawn(document => document.text('x'), { userPassword: 'a', ownerPassword: 'b' })
  assert.equal(kindOf(locked), 'encrypted')
})

test('a file that is a PDF and another kind of file as well is refused', () => {
  const archive = zip([{ name: 'a.exe', data: 'MZ' }])
  const text = archive.toString('latin1')
  for (const [what, bytes] of Object.entries({
    'an archive behind its end': Buffer.concat([aPdf(), archive]),
    'an archive in a stream, to the end of the file': aPdf({ objects: [aStream(text)] }),
    'an archive between its objects': aPdf({ front: text }),
    'a page in front': Buffer.concat([Buffer.from('<html><script>alert(1)</script>\n'), aPdf()]),
    'a page in a comment': aPdf({ front: '%<script>alert(1)</script>\n' }),
    'a page in a text at the top': aPdf({ catalogue: '/A (<script src=x></script>)' }),
    'a long comment': aPdf({ front: `%${'x'.repeat(300)}\n` }),
    'a script behind its end': aPdf({ tail: '\n#!/bin/sh\nrm -r /' }),
    'a picture in front': Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), aPdf()]),
    'an archive of another kind': aPdf({ objects: [aStream('Rar!\x1a\x07\x01\x00')] }),
  }))
    assert.equal(kindOf(bytes), 'unreadable', what)
})

test('a PDF whose parts two readers would find in different places is refused', () => {
  const hidden = '9 0 obj << /S /JavaScript /JS (x) >> endobj'
  for (const [what, bytes] of Object.entries({
    'an object within a stream': aPdf({ objects: [aStream(hidden)] }),
    'an object within a stream, behind a comment': aPdf({ objects: [aStream('9 0 obj%\n<< /S /Launch >>')] }),
    'a stream that ends before its length': aPdf({ objects: [aStream('q Q', '', '2')] }),
    'a stream of two lengths': aPdf({ objects: [aStream('q Q', '/Length 99')] }),
    'a length that stands nowhere': aPdf({ objects: [aStream('q Q', '', '77 0 R')] }),
    'a table that is elsewhere': Buffer.from(
      aPdf()
        .toString('latin1')
        .replace(/startxref\n\d+/, 'startxref\n20'),
      'latin1',
    ),
    'no table': Buffer.from(
      aPdf()
        .toString('latin1')
        .replace(/startxref\n\d+/, ''),
      'latin1',
    ),
    'objects that are packed twice': aPdf({
      objects: [
        aStream(
          deflateSync(deflateSync('7 0 << /S /JavaScript >>')).toString('latin1'),
          '/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]',
        ),
      ],
    }),
    'a text that never ends': aPdf({ catalogue: '/A (' }),
    'brackets that do not fit': aPdf({ catalogue: '/A [ << ] >>' }),
    'the half of it': aPdf().subarray(0, 200),
    'nothing but a head': Buffer.from('%PDF-1.7\n%%EOF\n'),
    'nothing at all': Buffer.alloc(0),
  }))
    assert.equal(kindOf(bytes), 'unreadable', what)
})

test('ten megabytes that were made to be slow are read in one pass', () => {
  // A reading that begins anew at each byte takes hours; one pass takes some 0.2 s, and more on a busy machine.
  const onePass = 2_000
  const most = 9_900_000
  const bombs = Array<string>(40).fill(anObjectStream(' '.repeat(2_000_000)))
  for (const [what, bytes] of Object.entries({
    'brackets within brackets': aPdf({ catalogue: `/A ${'['.repeat(most)}` }),
    'names without end': aPdf({ catalogue: '/A '.repeat(most / 3) }),
    'lengths elsewhere': aPdf({ objects: Array.from({ length: 90_000 }, () => aStream('', '', '77 0 R')) }),
    'mentions of objects': aPdf({ objects: [aStream('obj '.repeat(most / 4))] }),
    'numbers before objects': aPdf({ objects: [aStream(`${'1 '.repeat(most / 2)}`, '', '77 0 R')] }),
    'texts within texts': aPdf({ catalogue: `/A ${'('.repeat(most)}` }),
    'objects that inflate': aPdf({ objects: bombs }),
    'blanks at the end': aPdf({ tail: '\n'.repeat(most) }),
    zeros: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(most), Buffer.from('%%EOF\n')]),
  })) {
    const watch = watchStretches()
    findPdfFault(bytes, limits)
    const longest = watch.longest()
    watch.stop()
    assert.ok(longest < onePass, `${what}: ${Math.round(longest)} ms`)
  }
})
