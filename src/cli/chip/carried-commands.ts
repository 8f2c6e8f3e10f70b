import { counterReaderLimits } from '../../cards/chip-readings/counter-reader.ts'

/**
 * Which commands the program at a counter carries to a chip: those with which an identity chip is opened, read and
 * asked for proof of its keys. No other application of a card is selected, no PIN is tried, nothing is written.
 */

/** Of an identity chip (ICAO 9303-10, section 3.10). */
const applicationId = 'a0000002471001'

const anyParameters = () => true
const parametersOf =
  (...known: readonly number[]) =>
  (parameters: number) =>
    known.includes(parameters)

/** By instruction: the parameters P1 and P2 that an inspection uses. */
const carried: ReadonlyMap<number, (parameters: number) => boolean> = new Map([
  // SELECT: the root, the application, a file.
  [0xa4, parametersOf(0x000c, 0x040c, 0x020c)],
  // READ BINARY.
  [0xb0, anyParameters],
  [0xb1, parametersOf(0)],
  // GET CHALLENGE, EXTERNAL AUTHENTICATE: basic access.
  [0x84, parametersOf(0)],
  [0x82, parametersOf(0)],
  // MANAGE SECURITY ENVIRONMENT for PACE and chip authentication, GENERAL AUTHENTICATE.
  [0x22, parametersOf(0xc1a4, 0x41a6, 0x41a4)],
  [0x86, parametersOf(0)],
  // INTERNAL AUTHENTICATE: active authentication.
  [0x88, parametersOf(0)],
])

/** Classes: plain, or protected (0x0c); each also as a part of a chain (0x10). */
const classes: readonly number[] = [0x00, 0x10, 0x0c, 0x1c]

/** The data of a command whose lengths are as they must be (ISO/IEC 7816-4, section 5.2); undefined of any other. */
function dataOf(body: Buffer): Buffer | undefined {
  if (body.length <= 1) return Buffer.alloc(0)
  const isLong = body[0] === 0
  if (isLong && body.length === 3) return Buffer.alloc(0)
  if (isLong && body.length < 3) return undefined
  const [begin, count] = isLong ? [3, body.readUInt16BE(1)] : [1, body[0] ?? 0]
  const rest = body.length - begin - count
  if (count === 0 || !(rest === 0 || rest === (isLong ? 2 : 1))) return undefined
  return body.subarray(begin, begin + count)
}

/** Whether a command is one of an inspection, of a length that it may have. */
export function isCarried(command: Uint8Array): boolean {
  if (command.length < 4 || command.length > counterReaderLimits.commandBytes) return false
  const bytes = Buffer.from(command)
  const [group = 0xff, instruction = 0] = bytes
  const parameters = bytes.readUInt16BE(2)
  const data = dataOf(bytes.subarray(4))
  if (!classes.includes(group) || !data || !carried.get(instruction)?.(parameters)) return false
  const isPlain = (group & 0x0c) === 0
  const isApplication = instruction === 0xa4 && parameters === 0x040c
  return !(isPlain && isApplication) || data.toString('hex') === applicationId
}
