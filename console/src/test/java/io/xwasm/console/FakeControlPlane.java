package io.xwasm.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.CreateBackup;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.Login;
import io.xwasm.controlplane.api.Page;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.Session;
import io.xwasm.controlplane.api.UpgradeContract;
import io.xwasm.controlplane.api.UserView;
import io.xwasm.controlplane.api.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A control plane over real HTTP whose fleet is made up. */
final class FakeControlPlane implements AutoCloseable {
    static final String OPERATOR = "operator-1";
    static final String VIEWER = "viewer-1";
    static final String PASSWORD = "correct horse battery";

    final FakeFleet fleet = new FakeFleet();
    private final Map<String, Role> tokens = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** When true, connections are accepted and dropped. */
    volatile boolean silent;

    /** When true, what is ordered is done, but nobody is told. */
    volatile boolean losesAnswers;

    private final Map<String, Object> answered = new ConcurrentHashMap<>();

    FakeControlPlane(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1", this::handle);
        server.start();
    }

    /** {@code FakeControlPlane PORT}: to try the console by hand. */
    public static void main(String[] args) throws IOException {
        var fake = new FakeControlPlane(Integer.parseInt(args[0]));
        System.out.println(
                "fake control plane at " + fake.address() + ", " + OPERATOR + " / " + PASSWORD);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Ends every session, as an expiry would. */
    void forgetSessions() {
        tokens.clear();
    }

    /** Makes every session one that may only look, without the console knowing. */
    void demoteEverybody() {
        tokens.replaceAll((_, _) -> Role.VIEWER);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (silent) {
                return;
            }
            Object answer;
            int status = 200;
            try {
                answer = answer(exchange);
            } catch (Refusal e) {
                status = e.problem.status();
                answer = e.problem;
            }
            if (losesAnswers && exchange.getRequestMethod().equals("POST")) {
                return;
            }
            var body = Json.write(answer).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient Problem problem;

        Refusal(int status, String type, String title, String detail) {
            super(detail);
            problem = new Problem("/problems/" + type, title, status, detail, "req-8c1f", null);
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/api/v1/".length());
        var method = exchange.getRequestMethod();
        var body = exchange.getRequestBody().readAllBytes();
        if (path.equals("sessions")) {
            return login(read(body, Login.class));
        }
        var token =
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                        .replace("Bearer ", "");
        var role = tokens.get(token);
        if (role == null) {
            throw new Refusal(401, "unauthenticated", "Not signed in", "The session has ended");
        }
        if (method.equals("DELETE")) {
            tokens.remove(token);
            return Map.of();
        }
        if (method.equals("GET")) {
            return get(path.split("/"), query(exchange.getRequestURI()));
        }
        if (role == Role.VIEWER) {
            throw new Refusal(403, "forbidden", "Forbidden", "This needs the role operator");
        }
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (method.equals("POST") && key != null) {
            return answered.computeIfAbsent(token + key, _ -> change(path.split("/"), body, null));
        }
        return change(path.split("/"), body, exchange.getRequestHeaders().getFirst("If-Match"));
    }

    private Session login(Login login) {
        boolean known = login.user().equals(OPERATOR) || login.user().equals(VIEWER);
        if (!known || !login.password().equals(PASSWORD)) {
            throw new Refusal(
                    401,
                    "wrong-password",
                    "Not signed in",
                    "There is no user with this name and password");
        }
        var role = login.user().equals(VIEWER) ? Role.VIEWER : Role.OPERATOR;
        var token = UUID.randomUUID().toString();
        tokens.put(token, role);
        return new Session(token, login.user(), role, Instant.now().plus(Duration.ofHours(8)));
    }

    private Object get(String[] path, Map<String, String> query) {
        boolean one = path.length > 1;
        return switch (path[0]) {
            case "me" -> new UserView(OPERATOR, Role.OPERATOR, FakeFleet.ago(900_000), null);
            case "status" -> fleet.status();
            case "signals" ->
                    fleet.signals(
                            query.get("contract"),
                            Long.parseLong(query.get("seconds")),
                            Integer.parseInt(query.get("points")));
            case "nodes" ->
                    one
                            ? found(
                                    fleet.nodes().stream()
                                            .filter(n -> n.node().value().equals(path[1]))
                                            .findFirst()
                                            .orElse(null),
                                    path)
                            : stretch(fleet.nodes(), query);
            case "groups" -> one ? found(fleet.group(path[1]), path) : page(fleet.groups());
            case "contracts" ->
                    one
                            ? contract(path, query)
                            : page(fleet.contracts.all.values().stream().toList());
            case "code" ->
                    one
                            ? found(
                                    fleet.contracts.code.stream()
                                            .filter(c -> c.hash().toString().equals(path[1]))
                                            .findFirst()
                                            .orElse(null),
                                    path)
                            : page(fleet.contracts.code);
            case "backups" ->
                    path.length == 3
                            ? fleet.restorePreview(path[1])
                            : one ? found(fleet.backup(path[1]), path) : page(fleet.backups);
            case "backup-schedules" -> page(List.copyOf(fleet.schedules.values()));
            case "alerts" -> page(fleet.alerts(query.get("state")));
            case "alert-rules" -> page(List.copyOf(fleet.rules.values()));
            case "alert-webhook" -> fleet.webhook;
            case "operations" ->
                    one
                            ? operation(path[1], query)
                            : page(fleet.operations.list(query.get("state")));
            case "audit" -> audit(query);
            default -> throw new Refusal(404, "not-found", "Not found", "There is no " + path[0]);
        };
    }

    private Object contract(String[] path, Map<String, String> query) {
        var contract = found(fleet.contracts.all.get(new ContractName(path[1])), path);
        if (path.length == 2) {
            return contract;
        }
        return switch (path[2]) {
            case "history" -> page(fleet.contracts.history(contract));
            case "upgrade-preview" ->
                    fleet.contracts.preview(contract, CodeHash.parse(query.get("code")), "upgrade");
            default ->
                    fleet.contracts.preview(
                            contract, fleet.contracts.code.getFirst().hash(), "rollback");
        };
    }

    private Object operation(String id, Map<String, String> query) {
        var above = query.get("above");
        var operation = found(fleet.operations.one(id), new String[] {"operation", id});
        for (int i = 0;
                above != null && i < 100 && operation.version() <= Long.parseLong(above);
                i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            operation = found(fleet.operations.one(id), new String[] {"operation", id});
        }
        return operation;
    }

    private Object audit(Map<String, String> query) {
        return stretch(fleet.audit(), query);
    }

    private static <T> Page<T> stretch(List<T> all, Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int limit = Integer.parseInt(query.get("limit"));
        int to = Math.min(all.size(), from + limit);
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private Object change(String[] path, byte[] body, String ifMatch) {
        return switch (String.join("/", path[0], path.length > 2 ? path[2] : "")) {
            case "code/" -> fleet.contracts.upload(body);
            case "contracts/" -> fleet.contracts.deploy(read(body, DeployContract.class));
            case "contracts/upgrade" ->
                    fleet.contracts.upgrade(path[1], read(body, UpgradeContract.class).code());
            case "contracts/rollback" -> rollback(path[1], read(body, RollbackContract.class));
            case "groups/policy" -> {
                if (!("\"" + fleet.policy.version() + "\"").equals(ifMatch)) {
                    throw new Refusal(
                            412, "changed", "It was changed", "The policy was changed meanwhile");
                }
                yield fleet.setPolicy(path[1], read(body, FailoverPolicy.class));
            }
            case "groups/switchover" ->
                    fleet.operations.start(
                            "switchover",
                            path[1],
                            List.of("Wait for catch-up", "Hand over", "Serve"));
            case "groups/failover" ->
                    fleet.operations.start(
                            "failover", path[1], List.of("Decide", "Promote", "Serve"));
            case "groups/backup-schedule" ->
                    fleet.setSchedule(path[1], read(body, BackupSchedule.class));
            case "backups/" ->
                    fleet.operations.start(
                            "backup",
                            read(body, CreateBackup.class).group().value(),
                            List.of("Snapshot", "Write chunks", "Write manifest"));
            case "backups/verify" ->
                    fleet.operations.start(
                            "verify", path[1], List.of("Restore into scratch", "Compare roots"));
            case "backups/restore" -> restore(path[1], read(body, RestoreBackup.class).confirm());
            case "alert-rules/" -> fleet.setRule(read(body, AlertRule.class));
            case "alert-webhook/" -> fleet.setWebhook(read(body, Webhook.class));
            default -> throw new Refusal(404, "not-found", "Not found", String.join("/", path));
        };
    }

    private Object rollback(String name, RollbackContract request) {
        assert request.to() == null || request.to() > 0;
        return fleet.operations.start("rollback", name, List.of("Check", "Cut over", "Watch"));
    }

    private Object restore(String id, GroupId group) {
        if (!group.value().equals("main")) {
            throw new Refusal(
                    422, "wrong-name", "Wrong name", "Type the group's name to restore " + id);
        }
        return fleet.operations.start(
                "restore", group.value(), List.of("Fetch", "Verify", "New epoch"));
    }

    private static <T> Page<T> page(List<T> items) {
        return new Page<>(items, null);
    }

    private static <T> T found(T value, String[] path) {
        if (value == null) {
            throw new Refusal(404, "unknown", "Not found", "There is no " + String.join(" ", path));
        }
        return value;
    }

    private static <T> T read(byte[] body, Class<T> type) {
        return Json.read(new String(body, UTF_8), type);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getQuery() != null) {
            var pairs = new StringTokenizer(uri.getQuery(), "&");
            while (pairs.hasMoreTokens()) {
                var pair = pairs.nextToken();
                int equals = pair.indexOf('=');
                query.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return query;
    }
}
