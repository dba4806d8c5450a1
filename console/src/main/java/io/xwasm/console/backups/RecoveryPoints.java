package io.xwasm.console.backups;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.BackupView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Time since the last verified backup of each group, against its schedule. */
final class RecoveryPoints {
    /** What a group without schedule is held against: the threshold of the shipped alert rule. */
    private static final Duration DEFAULT_OBJECTIVE = Duration.ofHours(24);

    private RecoveryPoints() {}

    static Markup of(List<BackupView> backups, List<BackupSchedule> schedules, Instant now) {
        var groups = new TreeSet<String>();
        backups.forEach(b -> groups.add(b.group().value()));
        schedules.forEach(s -> groups.add(s.group().value()));
        if (groups.isEmpty()) {
            return Markup.NONE;
        }
        return Panels.card(
                        Panels.head(
                                "Recovery point",
                                "time since the last verified backup, against the schedule",
                                null),
                        div(
                                "cb rpo",
                                groups.stream()
                                        .map(g -> line(g, backups, schedules, now))
                                        .toList()))
                .id("recovery-points");
    }

    private static Markup line(
            String group, List<BackupView> backups, List<BackupSchedule> schedules, Instant now) {
        var newest =
                backups.stream()
                        .filter(b ->
                                b.group().value().equals(group) && b.state().equals("verified"))
                        .findFirst();
        var schedule = schedules.stream().filter(s -> s.group().value().equals(group)).findFirst();
        var objective =
                schedule.filter(s -> s.everyMinutes() > 0)
                        .map(s -> Duration.ofMinutes(s.everyMinutes()))
                        .orElse(DEFAULT_OBJECTIVE);
        var name = div("", link("b", "/failover?group=" + group, group));
        if (newest.isEmpty()) {
            return Markup.of(
                    name,
                    div("t3 sm", "no verified backup"),
                    div("", ""),
                    div("lastc", Tone.BAD.status("None")),
                    next(schedule, now));
        }
        var age = Duration.between(newest.get().createdAt(), now);
        // A run and its verification take their time: late is later than one and a half intervals.
        boolean late = age.compareTo(objective.multipliedBy(3).dividedBy(2)) > 0;
        var tone = late ? Tone.WARN : Tone.OK;
        return Markup.of(
                name,
                div(
                        "",
                        Panels.bullet(
                                (double) age.toSeconds(), (double) objective.toSeconds(), tone)),
                div(
                        "num end",
                        span(late ? "b warn" : "b", Figures.age(age)),
                        span("t3", " / " + Figures.age(objective))),
                div(
                        "lastc only-tab",
                        late ? Tone.WARN.status("Overdue") : Tone.OK.status("Verified")),
                next(schedule, now));
    }

    private static Markup next(Optional<BackupSchedule> schedule, Instant now) {
        var when = schedule.filter(s -> s.everyMinutes() > 0).map(BackupSchedule::nextAt);
        return div(
                "t3 sm end only-tab",
                when.isPresent()
                        ? Markup.of("next ", Times.ahead(when.get(), now))
                        : "no schedule");
    }
}
