/**
 * Children of school age who live in a unit and are on nobody's roll.
 *
 * In: a unit, a school year and a day. Decided: whose roll a child is on, seen over all schools; whether a row in doubt
 * may mean the child; where the school's word on their home differs from the register. Out: figures, lists, a workbook.
 * Deeds: attendance.exported, list.printed.
 */
export { countOutOfSchool, listAllOutOfSchool, type OutOfSchoolFilter } from './figures-and-lists.ts'
export { householdFollowUps } from './households/households.ts'
export { areChildrenBehind, keepChildren, queueChildren, verifyChildren } from './kept-children.ts'
export { exportOutOfSchool, printOutOfSchool } from './list-workbook.ts'
