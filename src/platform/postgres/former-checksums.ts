import type { Client } from 'pg'

/**
 * Migrations that differed in comments alone when some folders of data were made, by the SHA-256 of the file as it was.
 * Nothing is ever added here for a migration that landed: it is not edited, not even in a comment.
 */
export const formerChecksums: ReadonlyMap<string, string> = new Map([
  ['2407cbcfb32ae45b7690779bcc088978146f279eda719a2d43d716d74e8f03e7', 'cards'],
  ['453918e62d3c0ad584ad8c964d34cae1b11c895a9d8196dc780f569349db34ce', 'accounts'],
  ['b0da5a26e707c5c688fe90aff388bf2fbe979e8cd44cc03db65586598d474f31', 'rolls_doubt'],
  ['ad14429787a88789feea1429db092042a85b0657a50614a09830cc47a49f3f77', 'rolls_doubts'],
  ['3f5255718987318ce418f7a01478a2493fe34f6cbdd70f5b440e8d52870a1d6e', 'signin'],
  ['f9507f8724dea99562e492974b765c9b1a3a5898f8e7ee5d96e1d7a56b79ae7c', 'signin_rows'],
])

type Applied = { readonly number: number; readonly name: string; readonly checksum: string }

/** Whether a migration that a database has is the shipped one but for its comments. */
export const differsInComments = ({ name, checksum }: Applied): boolean => formerChecksums.get(checksum) === name

/** The statements of a migration that write a comment: each begins a line, and ends with the line. */
const commentStatements = (sql: string): string[] =>
  sql.split('\n').filter(line => /^comment on (?:table|column) /i.test(line) && line.trimEnd().endsWith("';"))

const unknownObjects = ['42P01', '42703', '3F000']

/** Writes the shipped file's comments, of tables and columns that a later migration left, and its checksum. */
export async function takeComments(
  owner: Client,
  { number, sql, checksum }: { readonly number: number; readonly sql: string; readonly checksum: string },
): Promise<void> {
  for (const statement of commentStatements(sql)) {
    await owner.query(statement).catch((error: { code?: string }) => {
      if (!unknownObjects.includes(error.code ?? '')) throw error
    })
  }
  await owner.query('update platform.migration set checksum = $2 where number = $1', [number, checksum])
}
