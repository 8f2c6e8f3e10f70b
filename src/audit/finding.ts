/** What is wrong, where, and with which deed, entry, batch or line. */
export type AuditFinding = {
  readonly kind:
    | 'deed-changed' // the seal does not follow from the row and the seal before: changed, reordered or inserted
    | 'deed-removed' // a place in the chain is empty
    | 'deed-out-of-time' // a deed says a day long before the deeds that stand before it in the chain
    | 'entry-changed' // as deed-changed, of an entry of readings
    | 'entry-removed' // as deed-removed, of an entry of readings
    | 'entry-forged' // an entry was not made with the installation's key; `count`: so many of the chain
    | 'entry-out-of-time' // an entry says an earlier time than any work could that ended where it stands
    | 'tail-cut' // the chain ends before its head, or before a head that was kept
    | 'head-differs' // the last row is not the one that the head was moved to
    | 'history-rewritten' // a kept head has another seal than the chain at that place
    | 'readings-changed' // an entry, or a sealed batch, has other readings than were sealed
    | 'readings-unsealed' // readings that no entry and no deed has sealed: put in by somebody
    | 'readings-out-of-time' // readings whose time lies outside their work's, or whose ids are of another time
    | 'readings-sealed-late' // a batch of the former way was sealed after works sealed their readings themselves
    | 'month-changed' // a month has other deeds or entries than its root says
    | 'month-unsigned' // the root of a month is not signed by the installation's key
    | 'month-missing' // a month between two sealed ones has no root
    | 'month-dropped-early' // a deed says that readings were removed that the law still keeps
    | 'archive-changed' // an archive of readings has others than the entry seals, fewer, or in another order
    | 'archive-unsigned' // the end of an archive is missing, or not signed by the installation's key
    | 'heads-unsigned' // a line of the heads file is not signed by the key it names, or cannot be read
    | 'heads-foreign' // a line is another installation's, or signed by another key than the one that is pinned
    | 'heads-cut' // lines of the heads file are missing, from `seq` on `count`: in between, at its begin, or its end
    | 'heads-away' // a part of the heads file was moved to where it cannot be read now
    | 'heads-behind' // a copy of the heads file ends more than two days before the last line that was written
    | 'key-differs' // the fingerprint beside the heads file is not the pinned one
  readonly chain?: number
  readonly seq?: number
  readonly id?: string
  readonly at?: string
  /** How many; alone beside the kind: so many more. */
  readonly count?: number
}
