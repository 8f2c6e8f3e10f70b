import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { numberText } from '../../../parts/formats.ts'
import { useSay } from '../../base/language.tsx'

/** Whether the browser is printing: then a list that draws only what is in sight draws all that it has. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting
}

type PrintedColumn<Row> = {
  readonly id: string
  readonly head: string
  readonly show: (row: Row) => ReactNode
  readonly end?: boolean
}

type PrintedRowsProps<Row> = {
  /** All rows in their place; `undefined` where a row has not been fetched. */
  readonly rows: readonly (Row | undefined)[]
  readonly columns: readonly PrintedColumn<Row>[]
}

/** Every row that has been read, and how many have not. */
export function PrintedRows<Row>({ rows, columns }: PrintedRowsProps<Row>) {
  const say = useSay()
  const read = rows.filter(row => row !== undefined)
  return (
    <>
      {read.length < rows.length && (
        <p>{say('print-left-out', { n: numberText(read.length), all: numberText(rows.length) })}</p>
      )}
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col" className="end">
              {say('row-number')}
            </th>
            {columns.map(({ id, head, end }) => (
              <th key={id} scope="col" className={end ? 'end' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(
            (row, place) =>
              row !== undefined && (
                // biome-ignore lint/suspicious/noArrayIndexKey: a printed list never changes
                <tr key={place}>
                  <td className="end">{place + 1}</td>
                  {columns.map(({ id, show, end }) => (
                    <td key={id} className={end ? 'end' : undefined}>
                      {show(row)}
                    </td>
                  ))}
                </tr>
              ),
          )}
        </tbody>
      </table>
    </>
  )
}

/** In place of a list that has a paper of its own, which is recorded. */
export function OwnPaperNotice({ button }: { readonly button: string }) {
  return <p>{useSay()('print-own-paper', { button })}</p>
}
