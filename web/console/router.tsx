import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { AccountSheetPaperPage } from './account-approval/account-sheet-paper-page.tsx'
import { AccountPage } from './accounts/account-page.tsx'
import { AccountsPage } from './accounts/accounts-page.tsx'
import { AccountsPaperPage } from './accounts/accounts-paper-page.tsx'
import { DemandAnswerPaperPage } from './accounts/demand-answer-paper-page.tsx'
import { AccountFunnelPage } from './accounts/funnel-page.tsx'
import { accountSearch } from './accounts/search.ts'
import { DutiesPage } from './administration/duties-page.tsx'
import { OfficersPage } from './administration/officers-page.tsx'
import { ProposalsPage } from './administration/proposals-page.tsx'
import { UnitsPage } from './administration/units-page.tsx'
import { AppointmentsPage } from './appointments/appointments-page.tsx'
import { LostPaperPage } from './appointments/lost-paper-page.tsx'
import { appointmentSearch } from './appointments/search.ts'
import { awarenessSearch } from './awareness/activity.ts'
import { ActivityPage } from './awareness/activity-page.tsx'
import { AwarenessPage } from './awareness/awareness-page.tsx'
import { MaterialsPage } from './awareness/materials-page.tsx'
import { NewActivityPage } from './awareness/new-activity-page.tsx'
import { base } from './base/navigation.ts'
import { parseSearch, type Search, writeSearch } from './base/search.ts'
import { BeginPage } from './beginning/begin-page.tsx'
import { BeginPaperPage } from './beginning/begin-paper-page.tsx'
import { CampaignPage } from './campaign/campaign-page.tsx'
import { CampaignPaperPage } from './campaign/campaign-paper-page.tsx'
import { NewCampaignPage } from './campaign/new-campaign-page.tsx'
import { campaignSearch, peopleSearch } from './campaign/search.ts'
import { CampaignFormPage } from './campaign-form/campaign-form-page.tsx'
import { PeoplePage } from './campaign-people/people-page.tsx'
import { PeoplePaperPage } from './campaign-people/people-paper-page.tsx'
import { batchesSearch, batchSearch, boxesSearch, stageSearch } from './cards/addresses.ts'
import { CardPage } from './cards/card-page.tsx'
import { CardsPage } from './cards/pipeline-page.tsx'
import { StagePage } from './cards/stage-page.tsx'
import { StagePaperPage } from './cards/stage-paper-page.tsx'
import { ClassesPage } from './classes/classes-page.tsx'
import { LinkPapersPage } from './classes/link-papers-page.tsx'
import { BreachesPage } from './data-protection/breaches-page.tsx'
import { DataRequestPage } from './data-protection/request-page.tsx'
import { DataRequestsPage } from './data-protection/requests-page.tsx'
import { requestsSearch } from './data-protection/search.ts'
import { directiveSearch, directivesSearch, orderSearch, silentSearch } from './directives/directive.ts'
import { DirectivePage } from './directives/directive-page.tsx'
import { DirectivesPage } from './directives/directives-page.tsx'
import { NotReportedPage } from './directives/not-reported-page.tsx'
import { OrderPage } from './directives/order-page.tsx'
import { ApplicationPage } from './enrolment/application-page.tsx'
import { ApplicationsPage } from './enrolment/applications-page.tsx'
import { queueSearch as applicationSearch, gapSearch, packetSearch } from './enrolment/search.ts'
import { ExchangePage } from './exchange/exchange-page.tsx'
import { LookUpPage } from './exchange/look-up-page.tsx'
import { slipSearch } from './families/slips.ts'
import { FamilySlipsPaperPage } from './families/slips-paper-page.tsx'
import { FirstDayPage } from './first-day/first-day-page.tsx'
import { FirstDayPaperPage } from './first-day/first-day-paper-page.tsx'
import { followUpSearch } from './follow-ups/follow-up.ts'
import { FollowUpsPage } from './follow-ups/follow-ups-page.tsx'
import { FollowUpsPaperPage } from './follow-ups/follow-ups-paper-page.tsx'
import { listSearch as visitListSearch } from './groups/group.ts'
import { GroupPage } from './groups/group-page.tsx'
import { GroupsPage } from './groups/groups-page.tsx'
import { NewGroupPage } from './groups/new-group-page.tsx'
import { VisitListPage } from './groups/visit-list-page.tsx'
import { VisitListPaperPage } from './groups/visit-list-paper-page.tsx'
import { GivenListPage } from './hand-over/given-list-page.tsx'
import { GivenListPaperPage } from './hand-over/given-list-paper-page.tsx'
import { HandOverPage } from './hand-over/hand-over-page.tsx'
import { GivenListsPage } from './hand-over/lists-page.tsx'
import { NewListPage } from './hand-over/new-list-page.tsx'
import { HouseholdsPage, householdSearch } from './households/households-page.tsx'
import { HistoryPage } from './inspection/history-page.tsx'
import { inspectionSearch, trailSearch } from './inspection/inspection.ts'
import { InspectionPage } from './inspection/inspection-page.tsx'
import { InspectionPaperPage } from './inspection/inspection-paper-page.tsx'
import { QuestionsPage } from './inspection/questions-page.tsx'
import { TrailPage } from './inspection/trail-page.tsx'
import { ledgerSearch } from './ledger/ledger.ts'
import { MergePage } from './merging/merge-page.tsx'
import { MergesPage } from './merging/merges-page.tsx'
import { ProposeMergePage } from './merging/propose-merge-page.tsx'
import { LettersPaperPage } from './messages/letters-paper-page.tsx'
import { MessagePage } from './messages/message-page.tsx'
import { MessagesPage } from './messages/messages-page.tsx'
import { messageSearch } from './messages/search.ts'
import { MovementsPage } from './movements/movements-page.tsx'
import { MovementsPaperPage } from './movements/movements-paper-page.tsx'
import { NewStayPage } from './movements/new-stay-page.tsx'
import { movementSearch } from './movements/search.ts'
import { listSearch } from './needs/filter.ts'
import { ListPage } from './needs/list-page.tsx'
import { ListPaperPage } from './needs/list-paper-page.tsx'
import { NoticesPage } from './notices/notices-page.tsx'
import { OutOfSchoolPage } from './out-of-school/out-of-school-page.tsx'
import { OutOfSchoolPaperPage } from './out-of-school/out-of-school-paper-page.tsx'
import { attendanceSearch } from './out-of-school/search.ts'
import { GapsPage } from './packets/gaps-page.tsx'
import { PacketsPage } from './packets/packets-page.tsx'
import { StationsPage } from './packets/stations-page.tsx'
import { FlightPage } from './parties/flight-page.tsx'
import { PartiesPage } from './parties/parties-page.tsx'
import { flightSearch } from './parties/party.ts'
import { PartyPage } from './parties/party-page.tsx'
import { BatchPage } from './production/batch-page.tsx'
import { BatchesPage } from './production/batches-page.tsx'
import { BlanksPage } from './production/blanks-page.tsx'
import { PlanPage } from './production/plan-page.tsx'
import { CollectPage } from './register/collect-page.tsx'
import { CollectionsPage } from './register/collections-page.tsx'
import { CorrectPage } from './register/correct-page.tsx'
import { CorrectionPaperPage } from './register/correction-paper-page.tsx'
import { CorrectionPage, CorrectionsPage } from './register/corrections-page.tsx'
import { NewNumberPage } from './register/new-number-page.tsx'
import { OpeningsPage } from './register/openings-page.tsx'
import { PersonPage } from './register/person-page.tsx'
import { PersonSheetPaperPage } from './register/person-sheet-paper-page.tsx'
import { ResidencePage } from './register/residence-page.tsx'
import { SearchPage } from './register/search-page.tsx'
import { ReportPage } from './reports/report-page.tsx'
import { ReportPaperPage } from './reports/report-paper-page.tsx'
import { ReportsPage } from './reports/reports-page.tsx'
import { queueSearch } from './review/queue.ts'
import { QueuePage } from './review/queue-page.tsx'
import { rollSearch } from './review/roll.ts'
import { RiskPage, riskSearch } from './risk/risk-page.tsx'
import { LedgerPage } from './rolls/ledger-page.tsx'
import { ReleasesPage } from './rolls/releases-page.tsx'
import { ReleasesPaperPage } from './rolls/releases-paper-page.tsx'
import { RollPage } from './rolls/roll-page.tsx'
import { RollsPage } from './rolls/rolls-page.tsx'
import { RosterPage } from './sessions/roster-page.tsx'
import { RosterPaperPage } from './sessions/roster-paper-page.tsx'
import { SessionsPage } from './sessions/sessions-page.tsx'
import { SetupPage } from './sessions/setup-page.tsx'
import { rosterSearch, setupSearch, weekSearch } from './sessions/week.ts'
import { AllPlaces } from './shell/all-places.tsx'
import { ComponentGallery } from './shell/component-gallery.tsx'
import { SessionGate } from './shell/session.tsx'
import { Shell } from './shell/shell.tsx'
import { UnknownPlace } from './shell/unknown-place.tsx'
import { BoxLabelPaperPage } from './shipping/box-label-paper-page.tsx'
import { BoxPage } from './shipping/box-page.tsx'
import { BoxesPage } from './shipping/boxes-page.tsx'
import { TargetsPage } from './targets/targets-page.tsx'
import { MorningPaperPage } from './today/morning-paper-page.tsx'
import { TodayPage } from './today/today-page.tsx'
import { universalSearch } from './universal/universal.ts'
import { UniversalPage } from './universal/universal-page.tsx'
import { VisitsPage } from './visits/visits-page.tsx'

const root = createRootRoute({
  component: () => (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  ),
  notFoundComponent: UnknownPlace,
})

const getParentRoute = () => root

const home = createRoute({
  getParentRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/hom-nay' })
  },
})

const routes = [
  home,
  createRoute({ getParentRoute, path: '/tat-ca', component: AllPlaces }),
  createRoute({ getParentRoute, path: '/bo-phan', component: ComponentGallery }),
  createRoute({ getParentRoute, path: '/bat-dau', component: BeginPage }),
  createRoute({ getParentRoute, path: '/bat-dau/in', component: BeginPaperPage }),
  createRoute({ getParentRoute, path: '/ngay-dau', component: FirstDayPage }),
  createRoute({ getParentRoute, path: '/ngay-dau/in', component: FirstDayPaperPage }),
  createRoute({ getParentRoute, path: '/hom-nay', component: TodayPage }),
  createRoute({ getParentRoute, path: '/hom-nay/in', component: MorningPaperPage }),
  createRoute({ getParentRoute, path: '/chien-dich', component: CampaignPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/in', component: CampaignPaperPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/nguoi', component: PeoplePage, validateSearch: peopleSearch }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/nguoi/in',
    component: PeoplePaperPage,
    validateSearch: peopleSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/moi',
    component: CampaignFormPage,
    validateSearch: campaignSearch,
  }),
  createRoute({ getParentRoute, path: '/chien-dich/moi/tep', component: NewCampaignPage }),
  createRoute({ getParentRoute, path: '/chien-dich/chi-tieu', component: TargetsPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/tin', component: MessagesPage, validateSearch: messageSearch }),
  createRoute({ getParentRoute, path: '/chien-dich/tin/in', component: LettersPaperPage }),
  createRoute({ getParentRoute, path: '/chien-dich/tin/$id', component: MessagePage }),
  createRoute({ getParentRoute, path: '/chien-dich/nguy-co', component: RiskPage, validateSearch: riskSearch }),
  createRoute({ getParentRoute, path: '/tuyen-truyen', component: AwarenessPage, validateSearch: awarenessSearch }),
  createRoute({
    getParentRoute,
    path: '/tuyen-truyen/ghi',
    component: NewActivityPage,
    validateSearch: awarenessSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tuyen-truyen/tai-lieu',
    component: MaterialsPage,
    validateSearch: awarenessSearch,
  }),
  createRoute({ getParentRoute, path: '/tuyen-truyen/$id', component: ActivityPage, validateSearch: awarenessSearch }),
  createRoute({ getParentRoute, path: '/danh-sach', component: ListPage, validateSearch: listSearch }),
  createRoute({ getParentRoute, path: '/danh-sach/in', component: ListPaperPage, validateSearch: listSearch }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/pho-cap',
    component: OutOfSchoolPage,
    validateSearch: attendanceSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/pho-cap/in',
    component: OutOfSchoolPaperPage,
    validateSearch: attendanceSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chi-dao',
    component: DirectivesPage,
    validateSearch: directivesSearch,
  }),
  createRoute({ getParentRoute, path: '/chien-dich/chi-dao/moi', component: OrderPage, validateSearch: orderSearch }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chi-dao/$id',
    component: DirectivePage,
    validateSearch: directiveSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chua-nhap',
    component: NotReportedPage,
    validateSearch: silentSearch,
  }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe', component: GroupsPage }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/moi', component: NewGroupPage }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/$id', component: GroupPage }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/to-cong-nghe/goi-cua/$id',
    component: VisitListPage,
    validateSearch: visitListSearch,
  }),
  createRoute({ getParentRoute, path: '/danh-sach/to-cong-nghe/goi-cua/$id/in', component: VisitListPaperPage }),
  createRoute({ getParentRoute, path: '/ra-soat', component: RollsPage }),
  createRoute({ getParentRoute, path: '/ra-soat/viec', component: FollowUpsPage, validateSearch: followUpSearch }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/viec/in',
    component: FollowUpsPaperPage,
    validateSearch: followUpSearch,
  }),
  createRoute({ getParentRoute, path: '/ra-soat/hang-cho', component: QueuePage, validateSearch: queueSearch }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/ho-gia-dinh',
    component: HouseholdsPage,
    validateSearch: householdSearch,
  }),
  createRoute({ getParentRoute, path: '/ra-soat/so', component: LedgerPage, validateSearch: ledgerSearch }),
  createRoute({ getParentRoute, path: '/ra-soat/$id', component: RollPage, validateSearch: rollSearch }),
  createRoute({ getParentRoute, path: '/ra-soat/$id/cap-so', component: ReleasesPage }),
  createRoute({ getParentRoute, path: '/ra-soat/$id/cap-so/in', component: ReleasesPaperPage }),
  createRoute({ getParentRoute, path: '/lop-hoc', component: ClassesPage }),
  createRoute({ getParentRoute, path: '/giay-lien-ket', component: LinkPapersPage }),
  createRoute({ getParentRoute, path: '/phieu-gia-dinh', component: FamilySlipsPaperPage, validateSearch: slipSearch }),
  createRoute({ getParentRoute, path: '/di-tung-nha', component: VisitsPage }),
  createRoute({ getParentRoute, path: '/pho-cap', component: UniversalPage, validateSearch: universalSearch }),
  createRoute({ getParentRoute, path: '/lich-luu-dong', component: SessionsPage, validateSearch: weekSearch }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/doi-may-diem',
    component: SetupPage,
    validateSearch: setupSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/lich-hen',
    component: AppointmentsPage,
    validateSearch: appointmentSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/lich-hen/in',
    component: LostPaperPage,
    validateSearch: appointmentSearch,
  }),
  createRoute({ getParentRoute, path: '/lich-luu-dong/$id', component: RosterPage, validateSearch: rosterSearch }),
  createRoute({ getParentRoute, path: '/lich-luu-dong/$id/in', component: RosterPaperPage }),
  createRoute({ getParentRoute, path: '/thu-nhan', component: ApplicationsPage, validateSearch: applicationSearch }),
  createRoute({ getParentRoute, path: '/thu-nhan/goi', component: PacketsPage, validateSearch: packetSearch }),
  createRoute({ getParentRoute, path: '/thu-nhan/khoang-trong', component: GapsPage, validateSearch: gapSearch }),
  createRoute({ getParentRoute, path: '/thu-nhan/tram', component: StationsPage }),
  createRoute({ getParentRoute, path: '/thu-nhan/$id', component: ApplicationPage, validateSearch: applicationSearch }),
  createRoute({ getParentRoute, path: '/the', component: CardsPage }),
  createRoute({ getParentRoute, path: '/the/danh-sach', component: StagePage, validateSearch: stageSearch }),
  createRoute({ getParentRoute, path: '/the/danh-sach/in', component: StagePaperPage, validateSearch: stageSearch }),
  createRoute({ getParentRoute, path: '/the/dot', component: BatchesPage, validateSearch: batchesSearch }),
  createRoute({ getParentRoute, path: '/the/dot/moi', component: PlanPage }),
  createRoute({ getParentRoute, path: '/the/dot/$id', component: BatchPage, validateSearch: batchSearch }),
  createRoute({ getParentRoute, path: '/the/phoi', component: BlanksPage }),
  createRoute({ getParentRoute, path: '/the/thung', component: BoxesPage, validateSearch: boxesSearch }),
  createRoute({ getParentRoute, path: '/the/thung/$id', component: BoxPage }),
  createRoute({ getParentRoute, path: '/the/thung/$id/nhan', component: BoxLabelPaperPage }),
  createRoute({ getParentRoute, path: '/the/trao', component: HandOverPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach', component: GivenListsPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach/moi', component: NewListPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach/$id', component: GivenListPage }),
  createRoute({ getParentRoute, path: '/the/trao/danh-sach/$id/in', component: GivenListPaperPage }),
  createRoute({ getParentRoute, path: '/the/$id', component: CardPage }),
  createRoute({ getParentRoute, path: '/tai-khoan', component: AccountsPage, validateSearch: accountSearch }),
  createRoute({ getParentRoute, path: '/tai-khoan/in', component: AccountsPaperPage, validateSearch: accountSearch }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan/den-dau',
    component: AccountFunnelPage,
    validateSearch: accountSearch,
  }),
  createRoute({ getParentRoute, path: '/tai-khoan/$id', component: AccountPage, validateSearch: accountSearch }),
  createRoute({ getParentRoute, path: '/tai-khoan/$id/in', component: AccountSheetPaperPage }),
  createRoute({ getParentRoute, path: '/tai-khoan/$id/tra-loi/$demand', component: DemandAnswerPaperPage }),
  createRoute({ getParentRoute, path: '/dan-cu', component: SearchPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id', component: PersonPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id/in', component: PersonSheetPaperPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id/dinh-chinh', component: CorrectPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id/lap-lai-so', component: NewNumberPage }),
  createRoute({ getParentRoute, path: '/dan-cu/nguoi/$id/cu-tru', component: ResidencePage }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/dinh-chinh',
    component: CorrectionsPage,
    validateSearch: ({ cua }: Search) => ({ cua }),
  }),
  createRoute({ getParentRoute, path: '/dan-cu/dinh-chinh/$id', component: CorrectionPage }),
  createRoute({ getParentRoute, path: '/dan-cu/dinh-chinh/$id/in', component: CorrectionPaperPage }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/bien-dong',
    component: MovementsPage,
    validateSearch: movementSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/bien-dong/in',
    component: MovementsPaperPage,
    validateSearch: movementSearch,
  }),
  createRoute({ getParentRoute, path: '/dan-cu/luu-tru', component: NewStayPage }),
  createRoute({ getParentRoute, path: '/dan-cu/mo-ho-so', component: OpeningsPage }),
  createRoute({ getParentRoute, path: '/dan-cu/hop-nhat', component: MergesPage }),
  createRoute({ getParentRoute, path: '/dan-cu/hop-nhat/$id', component: MergePage }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id/hop-nhat',
    component: ProposeMergePage,
    validateSearch: ({ voi }: Search) => ({ voi }),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/yeu-cau',
    component: DataRequestsPage,
    validateSearch: requestsSearch,
  }),
  createRoute({ getParentRoute, path: '/dan-cu/yeu-cau/$id', component: DataRequestPage }),
  createRoute({ getParentRoute, path: '/quan-tri/vi-pham', component: BreachesPage }),
  createRoute({ getParentRoute, path: '/dan-cu/lap-so', component: CollectionsPage }),
  createRoute({ getParentRoute, path: '/dan-cu/lap-so/moi', component: CollectPage }),
  createRoute({ getParentRoute, path: '/bao-cao', component: ReportsPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/bao-cao/in', component: ReportPaperPage, validateSearch: campaignSearch }),
  createRoute({ getParentRoute, path: '/bao-cao/$id', component: ReportPage }),
  createRoute({ getParentRoute, path: '/kiem-toan', component: InspectionPage, validateSearch: inspectionSearch }),
  createRoute({
    getParentRoute,
    path: '/kiem-toan/in',
    component: InspectionPaperPage,
    validateSearch: inspectionSearch,
  }),
  createRoute({ getParentRoute, path: '/kiem-toan/nhat-ky', component: TrailPage, validateSearch: trailSearch }),
  createRoute({ getParentRoute, path: '/kiem-toan/nguoi', component: HistoryPage }),
  createRoute({ getParentRoute, path: '/trao-doi', component: ExchangePage }),
  createRoute({ getParentRoute, path: '/trao-doi/tra-cuu', component: LookUpPage }),
  createRoute({ getParentRoute, path: '/hom-nay/moi-den', component: NoticesPage }),
  createRoute({ getParentRoute, path: '/hom-nay/cau-hoi', component: QuestionsPage }),
  createRoute({ getParentRoute, path: '/quan-tri', component: OfficersPage }),
  createRoute({ getParentRoute, path: '/quan-tri/nhiem-vu', component: DutiesPage }),
  createRoute({ getParentRoute, path: '/quan-tri/de-nghi', component: ProposalsPage }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/don-vi',
    component: UnitsPage,
    validateSearch: ({ ngay, ma }: Search) => ({ ngay, ma }),
  }),
  createRoute({ getParentRoute, path: '/quan-tri/ben-lien-ket', component: PartiesPage }),
  createRoute({ getParentRoute, path: '/quan-tri/ben-lien-ket/$id', component: PartyPage }),
  createRoute({ getParentRoute, path: '/quan-tri/ma-yeu-cau', component: FlightPage, validateSearch: flightSearch }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: base,
  scrollRestoration: true,
  parseSearch,
  stringifySearch: writeSearch,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
