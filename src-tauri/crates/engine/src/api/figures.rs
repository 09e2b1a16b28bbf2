//! The part of the list that is about figures and the programme: it stands behind the others, in the same one list.

macro_rules! with_figures {
    ($($rest:tt)*) => {
        commands! {
            $($rest)*
            /// What support measures itself by, with what escalations cost.
            insights_get(PeriodArgs) -> InsightsView = |engine, args| insights::get(engine, &args);
            /// One figure with its formula, its base and its SQL, run once more.
            figure_explain(FigureArgs) -> FigureExplained = |engine, args| insights::explain(engine, &args);
            /// The tickets behind a figure, or the packages.
            figure_rows(FigureRowsArgs) -> FigureRows = |engine, args| insights::rows(engine, &args);
            /// The tickets behind a number of a picture.
            figure_behind(BehindArgs) -> BehindView = |engine, args| insights::behind(engine, &args);
            /// The same figures of tickets that have something in common, side by side.
            cohorts_get(CohortsArgs) -> CohortsView = |engine, args| insights::by_cohort(engine, &args);
            /// When support is at work.
            hours_get(NoArgs) -> HoursView = |engine, _| insights::hours_view(engine);
            /// Says when support is at work; every figure of time is counted anew.
            hours_set(HoursArgs) -> HoursView = |engine, args| insights::set_hours(engine, &args);
            /// Which group is which tier, and what makes a ticket one of engineering's.
            tiers_get(NoArgs) -> TiersView = |engine, _| insights::tiers_view(engine);
            /// Says which group is which tier, and what makes a ticket one of engineering's; everything is counted anew.
            tiers_set(TiersArgs) -> TiersView = |engine, args| insights::set_tiers(engine, &args);
            /// What escalations cost, of the last 90 days.
            cost_get(NoArgs) -> CostView = |engine, _| insights::costs(engine);
            /// Says what an escalation is assumed to take.
            cost_set(CostArgs) -> CostView = |engine, args| insights::set_cost(engine, &args);
            /// Freezes the figures of a period: nothing changes them any more.
            baseline_freeze(BaselineArgs) -> InsightsView = |engine, args| insights::freeze(engine, &args);
            /// Escalations that had an answer in the base when they were raised, as the last exam found.
            avoidable_get(NoArgs) -> AvoidableView = |engine, _| insights::avoidable::get(engine);
            /// Says that an error or a known error always needs engineering, or no longer; what is avoidable is counted anew.
            always_set(AlwaysArgs) -> AlwaysSaid = |engine, args| insights::judged::say_always(engine, &args);
            /// What solved tickets are tied to, twenty at a time, to look at whether it fits.
            sample_get(PeriodArgs) -> SampleView = |engine, args| insights::judged::sample(engine, &args);
            /// Says of one of a sample whether it fits, or takes that back.
            look_set(LookArgs) -> LookedAtView = |engine, args| insights::judged::say(engine, &args);
            /// Escalated tickets that have no package and no reason, each with what its text speaks for.
            reasons_get(PeriodArgs) -> ReasonsLeft = |engine, args| insights::reasons::left(engine, &args);
            /// Says why a ticket was escalated that has no package, or takes that back.
            reason_set(ReasonArgs) -> ReasonSaid = |engine, args| insights::reasons::say(engine, &args);
            /// From when on support handles an error or a known error.
            handled_get(NoArgs) -> HandledRuleView = |engine, _| insights::able::view(engine);
            /// Says from when on support handles one; what it handles is counted anew.
            handled_set(HandledRuleArgs) -> HandledRuleView = |engine, args| insights::able::set(engine, args);
            /// How severe something with these numbers would be. Nothing is kept.
            severity_get(SeverityArgs) -> SeverityView = |engine, args| insights::severity::what_if(engine, &args);
            /// How severe the errors of a ticket are: of several the most severe; of none, the ticket alone.
            severity_of(IdArgs) -> SeverityView = |engine, args| insights::severity::of_ticket(engine, &args.id);
            /// Says from where on impact and urgency are high; every severity is worked out anew.
            severity_set(SeverityRuleArgs) -> SeverityRuleView = |engine, args| insights::severity::set(engine, &args);
            /// The figures written down for people without the program.
            insights_report(ReportArgs) -> ReportView = |engine, args| insights::report(engine, &args);
            /// The same as a new file, in a folder that somebody names or where downloads go.
            report_save(ReportSaveArgs) -> ReportSaved = |engine, args| insights::save(engine, &args);
            /// The programme by which a team comes to escalate less: its steps, what people told, and the tools.
            programme_get(NoArgs) -> ProgrammeView = |engine, _| insights::programme::get(engine);
            /// Ticks a step of it, or takes the tick away.
            programme_tick(ProgrammeTickArgs) -> ProgrammeTicked = |engine, args| insights::programme::tick(engine, &args);
            /// Keeps what somebody told of their work, changes it, or, without a note, lets go of it.
            interview_set(InterviewArgs) -> InterviewKept = |engine, args| insights::programme::keep(engine, args);
        }
    };
}
