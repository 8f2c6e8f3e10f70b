import { type FormEvent, useState } from 'react'
import { endHomeroom, nameHomeroom, pupilOutcomes, schoolClasses } from '../../../src/classes/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { goToSlipsOfSchool, slipsOfClass } from '../families/slips.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { ClassLinks } from './class-links.tsx'
import { ClassSheetPage } from './class-sheet-page.tsx'

type School = Answer<typeof schoolClasses>['schools'][number]
type SchoolClass = School['classes'][number]

/** A school names who teaches which class; a teacher has the own class here. */
export function ClassesPage() {
  const [mayManage, mayLink] = [useMay('classes.manage'), useMay('classes.links')]
  if (mayManage) return <SchoolClassesPage />
  return mayLink ? <ClassLinksPage /> : <ClassSheetPage />
}

/** The ward issues links of classes where a school has no officer. */
function ClassLinksPage() {
  const say = useSay()
  const unit = useUnitName()
  return (
    <Page title={say('class-links-title')} standing={<p>{unit}</p>} strip={[unit]}>
      <ClassLinks />
    </Page>
  )
}

function SchoolClassesPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(schoolClasses, { query: {} })
  const [school] = data?.schools ?? []
  const maySlips = useMay('families.slips')
  return (
    <Page
      title={say('classes-title')}
      standing={<p>{[unit, school?.schoolYear].filter(Boolean).join(', ')}</p>}
      strip={[unit, school?.schoolYear ?? '']}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('classes-reading')} />}
      {data && !school && (
        <State
          so={say('classes-none')}
          todo={say('classes-none-todo')}
          buttons={<Button href={at('/ra-soat')}>{say('classes-to-rolls')}</Button>}
        />
      )}
      {school && school.teachers.length === 0 && <p className="note">{say('classes-no-teacher')}</p>}
      {school && (
        <section className="stack">
          <Classes school={school} />
          {maySlips && school.classes.length > 1 && (
            <div className="buttons">
              <Button onPress={() => goToSlipsOfSchool(classesForSlips(school))}>{say('slips-school')}</Button>
            </div>
          )}
        </section>
      )}
      {school && (
        <section className="next-part">
          <h2>{say('class-links')}</h2>
          <ClassLinks />
        </section>
      )}
    </Page>
  )
}

const classesForSlips = ({ school: { id }, schoolYear, classes }: School) => ({
  school: id,
  year: schoolYear,
  classes: classes.map(one => one.class),
})

function Classes({ school }: { school: School }) {
  const say = useSay()
  const narrow = useNarrow()
  const maySlips = useMay('families.slips')
  const [naming, setNaming] = useState<SchoolClass>()
  const columns: readonly Column<SchoolClass>[] = [
    { id: 'class', head: say('class-name'), width: '80px', onPhone: true, show: one => one.class },
    {
      id: 'teacher',
      head: say('class-teacher'),
      width: 'minmax(150px, 2fr)',
      onPhone: true,
      show: ({ homeroom }) =>
        homeroom ? <Name name={homeroom.teacher} /> : <span className="quiet">{say('class-teacher-none')}</span>,
    },
    { id: 'pupils', head: say('class-pupils'), width: '90px', end: true, show: one => numberText(one.pupils) },
    { id: 'said', head: say('class-said'), width: '110px', end: true, show: one => numberText(one.said) },
    {
      id: 'outcomes',
      head: say('class-result'),
      width: 'minmax(200px, 2.4fr)',
      show: ({ outcomes }) => (
        <span className="quiet">
          {pupilOutcomes
            .filter(outcome => outcomes[outcome] > 0)
            .map(outcome => `${say(`class-${outcome}`)} ${numberText(outcomes[outcome])}`)
            .join(' · ')}
        </span>
      ),
    },
    {
      id: 'deed',
      head: say('class-deed'),
      width: narrow ? '104px' : '120px',
      end: true,
      onPhone: true,
      show: one =>
        school.teachers.length > 0 && (
          <Button look="row" onPress={() => setNaming(one)}>
            {say('class-name-teacher')}
          </Button>
        ),
    },
    // On a phone the names of teachers need the room; slips of the whole school are printed there too.
    ...(maySlips
      ? [
          {
            id: 'slips',
            head: say('class-slips'),
            width: '110px',
            end: true,
            show: (one: SchoolClass) => (
              <Button
                look="row"
                href={slipsOfClass({ school: school.school.id, year: school.schoolYear, class: one.class })}
              >
                {say('class-slips')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table label={say('school-classes')} rows={school.classes} columns={columns} idOf={one => one.class} />
      {naming && <Naming school={school} of={naming} onClose={() => setNaming(undefined)} />}
    </>
  )
}

function Naming({ school, of, onClose }: { school: School; of: SchoolClass; onClose: () => void }) {
  const say = useSay()
  const name = useDo(nameHomeroom, [schoolClasses])
  const end = useDo(endHomeroom, [schoolClasses])
  const [appointmentId, setAppointmentId] = useState(of.homeroom?.appointmentId ?? '')
  const busy = (name.isPending || end.isPending) && { disabled: true }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { schoolYear } = school
    if (appointmentId)
      name.mutate(
        { body: { schoolId: school.school.id, schoolYear, class: of.class, appointmentId } },
        { onSuccess: onClose },
      )
  }
  return (
    <Dialog open title={say('class-name-title', { class: of.class })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field
          label={say('class-teacher')}
          value={appointmentId}
          onChange={setAppointmentId}
          choices={[['', ''], ...school.teachers.map(({ appointmentId: id, name: teacher }) => [id, teacher] as const)]}
        />
        <p className="quiet">{say('class-name-so')}</p>
        <RefusedNote error={name.error ?? end.error} />
        <div className="buttons">
          <Button look="primary" submits {...busy}>
            {say('class-name-deed')}
          </Button>
          {of.homeroom && (
            <Button
              look="text"
              onPress={() => of.homeroom && end.mutate({ params: { id: of.homeroom.id } }, { onSuccess: onClose })}
              {...busy}
            >
              {say('class-end')}
            </Button>
          )}
          <Button look="text" onPress={onClose}>
            {say('leave-it')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
