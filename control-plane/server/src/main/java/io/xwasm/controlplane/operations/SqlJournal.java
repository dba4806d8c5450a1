package io.xwasm.controlplane.operations;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.StepState;
import io.xwasm.controlplane.api.StepView;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The journal in the metadata. */
public final class SqlJournal implements Journal {
    private final Database database;
    private final InstantSource clock;

    public SqlJournal(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Begun begin(
            OperationOrder order,
            List<String> steps,
            Actor actor,
            Function<List<OperationView>, Optional<OperationView>> blockedBy) {
        return database.write(sql -> {
            var same =
                    sql.first(
                            "SELECT id FROM operation WHERE request = ?",
                            row -> row.text("id"),
                            actor.request());
            if (same.isPresent()) {
                return new Begun.Started(same.get(), true);
            }
            var blocker = blockedBy.apply(running(sql));
            return blocker.isPresent()
                    ? new Begun.Blocked(blocker.get())
                    : new Begun.Started(insert(sql, order, steps, actor), false);
        });
    }

    private String insert(Sql sql, OperationOrder order, List<String> steps, Actor actor) {
        var id = "op-" + UUID.randomUUID().toString().substring(0, 13);
        var _ =
                sql.run(
                        "INSERT INTO operation (id, kind, subject, group_id, state, sentence, actor,"
                                + " source, request, input, result, started_at, version)"
                                + " VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, '{}', ?, 1)",
                        id,
                        order.kind(),
                        order.subject(),
                        order.group() == null ? null : order.group().value(),
                        "%s of %s has begun".formatted(order.kind(), order.subject()),
                        actor.name(),
                        actor.source(),
                        actor.request(),
                        order.input().toString(),
                        clock.millis());
        for (int i = 0; i < steps.size(); i++) {
            var _ =
                    sql.run(
                            "INSERT INTO operation_step"
                                    + " (operation, position, name, state, attempts, done, total)"
                                    + " VALUES (?, ?, ?, 'waiting', 0, 0, 0)",
                            id,
                            i,
                            steps.get(i));
        }
        return id;
    }

    @Override
    public void stepBegan(String id, int position) {
        step(
                id,
                position,
                "state = 'running', attempts = attempts + 1,"
                        + " started_at = COALESCE(started_at, ?), ended_at = NULL, sentence = NULL",
                null,
                clock.millis());
    }

    @Override
    public void remember(String id, int position, ObjectNode output) {
        step(id, position, "output = ?", null, output.toString());
    }

    @Override
    public void stepDone(String id, int position, String sentence, ObjectNode output) {
        step(
                id,
                position,
                "state = 'done', sentence = ?, output = ?, ended_at = ?",
                sentence,
                sentence,
                output.toString(),
                clock.millis());
    }

    @Override
    public void stepFailed(String id, int position, String sentence) {
        step(
                id,
                position,
                "state = 'failed', sentence = ?, ended_at = ?",
                sentence,
                sentence,
                clock.millis());
    }

    @Override
    public void stepUndone(String id, int position, String sentence) {
        step(id, position, "state = 'undone', sentence = ?", sentence, sentence);
    }

    @Override
    public void progress(String id, int position, long done, long total, String sentence) {
        step(id, position, "done = ?, total = ?, sentence = ?", sentence, done, total, sentence);
    }

    private void step(
            String id,
            int position,
            String change,
            @Nullable String sentence,
            @Nullable Object... arguments) {
        var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = id;
        all[arguments.length + 1] = position;
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE operation_step SET "
                                    + change
                                    + " WHERE operation = ? AND position = ?",
                            all);
            var _ =
                    sql.run(
                            "UPDATE operation SET version = version + 1,"
                                    + " sentence = COALESCE(?, sentence) WHERE id = ?",
                            sentence,
                            id);
        });
    }

    @Override
    public void succeeded(String id, String sentence, Map<String, JsonNode> result) {
        end(id, "succeeded", sentence, null, Json.write(result));
    }

    @Override
    public void failed(String id, String failure) {
        end(id, "failed", failure, failure, "{}");
    }

    private void end(
            String id, String state, String sentence, @Nullable String failure, String result) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE operation SET state = ?, sentence = ?, failure = ?,"
                                    + " result = ?, ended_at = ?, version = version + 1"
                                    + " WHERE id = ? AND state = 'running'",
                            state,
                            sentence,
                            failure,
                            result,
                            clock.millis(),
                            id);
        });
    }

    @Override
    public void askToStop(String id, String why) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE operation SET stop_asked = COALESCE(stop_asked, ?),"
                                    + " version = version + 1"
                                    + " WHERE id = ? AND state = 'running'",
                            why,
                            id);
        });
    }

    @Override
    public Optional<String> stopAsked(String id) {
        return database.read(sql ->
                sql.first(
                        "SELECT stop_asked FROM operation"
                                + " WHERE id = ? AND stop_asked IS NOT NULL",
                        row -> row.text("stop_asked"),
                        id));
    }

    private record Head(String id, String kind, String subject, Actor actor, JsonNode input) {}

    @Override
    public Optional<Entry> entry(String id) {
        return database.read(sql ->
                sql.first("SELECT * FROM operation WHERE id = ?", SqlJournal::head, id)
                        .map(head -> entry(sql, head)));
    }

    private static Head head(Row row) {
        return new Head(
                row.text("id"),
                row.text("kind"),
                row.text("subject"),
                new Actor(row.text("actor"), row.text("source"), row.text("request")),
                Json.MAPPER.readTree(row.text("input")));
    }

    private static Entry entry(Sql sql, Head head) {
        var outputs = new HashMap<String, JsonNode>();
        sql.list(
                        "SELECT output FROM operation_step WHERE operation = ?"
                                + " AND output IS NOT NULL ORDER BY position",
                        row -> Json.MAPPER.readTree(row.text("output")),
                        head.id())
                .forEach(output ->
                        output.properties().forEach(p -> outputs.put(p.getKey(), p.getValue())));
        return new Entry(
                head.id(),
                head.kind(),
                head.subject(),
                head.actor(),
                head.input(),
                view(sql, head.id()).orElseThrow(),
                outputs);
    }

    @Override
    public Optional<OperationView> view(String id) {
        return database.read(sql -> view(sql, id));
    }

    @Override
    public Optional<OperationView> ofRequest(String request) {
        return database.read(sql ->
                views(sql, "WHERE request = ?", request).stream().findFirst().map(Numbered::view));
    }

    private static Optional<OperationView> view(Sql sql, String id) {
        return views(sql, "WHERE id = ?", id).stream().findFirst().map(Numbered::view);
    }

    @Override
    public List<OperationView> running() {
        return database.read(SqlJournal::running);
    }

    private static List<OperationView> running(Sql sql) {
        return views(sql, "WHERE state = 'running' ORDER BY seq").stream()
                .map(Numbered::view)
                .toList();
    }

    @Override
    public List<Numbered> page(@Nullable String state, long below, int limit) {
        return database.read(sql ->
                views(
                        sql,
                        "WHERE seq < ? AND (? IS NULL OR state = ?)" + " ORDER BY seq DESC LIMIT ?",
                        below,
                        state,
                        state,
                        limit));
    }

    @Override
    public Optional<OperationView> newest(String group, List<String> kinds) {
        var marks = String.join(", ", kinds.stream().map(_ -> "?").toList());
        var arguments = new java.util.ArrayList<@Nullable Object>(kinds);
        arguments.addFirst(group);
        return database.read(sql ->
                views(
                                sql,
                                "WHERE group_id = ? AND state = 'succeeded' AND kind IN ("
                                        + marks
                                        + ") ORDER BY seq DESC LIMIT 1",
                                arguments.toArray())
                        .stream()
                        .findFirst()
                        .map(Numbered::view));
    }

    private static List<Numbered> views(Sql sql, String where, @Nullable Object... arguments) {
        return sql
                .list("SELECT * FROM operation " + where, row -> numbered(row), arguments)
                .stream()
                .map(bare -> new Numbered(bare.sequence(), withSteps(sql, bare.view())))
                .toList();
    }

    private static Numbered numbered(Row row) {
        var group = row.textOrNull("group_id");
        var result = new HashMap<String, JsonNode>();
        Json.MAPPER
                .readTree(row.text("result"))
                .properties()
                .forEach(p -> result.put(p.getKey(), p.getValue()));
        return new Numbered(
                row.number("seq"),
                new OperationView(
                        row.text("id"),
                        row.text("kind"),
                        row.text("subject"),
                        group == null ? null : new GroupId(group),
                        OperationState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                        row.text("sentence"),
                        List.of(),
                        row.text("actor"),
                        row.time("started_at"),
                        row.timeOrNull("ended_at"),
                        row.textOrNull("failure"),
                        result,
                        row.number("version")));
    }

    private static OperationView withSteps(Sql sql, OperationView view) {
        var steps =
                sql.list(
                        "SELECT * FROM operation_step WHERE operation = ? ORDER BY position",
                        SqlJournal::step,
                        view.id());
        return new OperationView(
                view.id(),
                view.kind(),
                view.subject(),
                view.group(),
                view.state(),
                view.sentence(),
                steps,
                view.by(),
                view.startedAt(),
                view.endedAt(),
                view.failure(),
                view.result(),
                view.version());
    }

    private static StepView step(Row row) {
        return new StepView(
                row.text("name"),
                StepState.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.textOrNull("sentence"),
                row.count("attempts"),
                row.timeOrNull("started_at"),
                row.timeOrNull("ended_at"),
                row.number("done"),
                row.number("total"));
    }
}
