package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Every route of the control plane's public API as a method.
 *
 * <p>Each blocks until the answer is there. Each throws {@link RequestRefused} when the control
 * plane says no, {@link ControlPlaneUnreachable} when it does not answer, and nothing else. Methods
 * that start long work answer at once with the operation; {@link #operation(String, long)} follows
 * it. Cursors are opaque; a null cursor begins at the beginning.
 */
public final class ControlPlaneClient implements Closeable {
    private final ApiConnection connection;

    /**
     * @param server base address, such as {@code http://127.0.0.1:7400}
     * @param token bearer token; null only for {@link #login} and the probes
     */
    public ControlPlaneClient(URI server, @Nullable String token) {
        this(new ApiConnection(server, token));
    }

    private ControlPlaneClient(ApiConnection connection) {
        this.connection = connection;
    }

    /** The same server under another identity. */
    public ControlPlaneClient as(String token) {
        return new ControlPlaneClient(connection.server(), token);
    }

    /**
     * The same server under the same identity; what is sent through it twice is done once and
     * answered twice alike.
     *
     * <p>It needs no closing and ends with the client that it came from.
     *
     * @param idempotencyKey of every POST request, 1 to 200 characters; the control plane knows it
     *     for 24 hours
     */
    public ControlPlaneClient under(String idempotencyKey) {
        return new ControlPlaneClient(connection.under(idempotencyKey));
    }

    public URI server() {
        return connection.server();
    }

    public Session login(Login login) {
        return connection.post("/sessions", login, Session.class);
    }

    public void logout() {
        connection.delete("/sessions/current");
    }

    public UserView me() {
        return connection.get("/me", Map.of(), UserView.class);
    }

    public FleetStatus status() {
        return connection.get("/status", Map.of(), FleetStatus.class);
    }

    public Page<NodeView> nodes(@Nullable String cursor, int limit) {
        return connection.get("/nodes", page(cursor, limit), new TypeReference<>() {});
    }

    public NodeView node(NodeId node) {
        return connection.get("/nodes/" + node, Map.of(), NodeView.class);
    }

    public Page<GroupView> groups(@Nullable String cursor, int limit) {
        return connection.get("/groups", page(cursor, limit), new TypeReference<>() {});
    }

    public GroupView group(GroupId group) {
        return connection.get("/groups/" + group, Map.of(), GroupView.class);
    }

    /**
     * @param expectedVersion of the policy that the change is based on; null to change whatever is
     *     there
     */
    public FailoverPolicy setPolicy(
            GroupId group, FailoverPolicy policy, @Nullable Long expectedVersion) {
        return connection.put(
                "/groups/" + group + "/policy", policy, expectedVersion, FailoverPolicy.class);
    }

    public OperationView switchover(GroupId group, Switchover switchover) {
        return connection.post("/groups/" + group + "/switchover", switchover, OperationView.class);
    }

    /** Carries out the failover that waits for a person. */
    public OperationView failover(GroupId group) {
        return connection.post("/groups/" + group + "/failover", Map.of(), OperationView.class);
    }

    public OperationView fund(GroupId group, FundAccount fund) {
        return connection.post("/groups/" + group + "/funding", fund, OperationView.class);
    }

    public Page<ContractView> contracts(@Nullable String cursor, int limit) {
        return connection.get("/contracts", page(cursor, limit), new TypeReference<>() {});
    }

    public ContractView contract(ContractName name) {
        return connection.get("/contracts/" + name, Map.of(), ContractView.class);
    }

    public Page<ContractVersionView> history(
            ContractName name, @Nullable String cursor, int limit) {
        return connection.get(
                "/contracts/" + name + "/history", page(cursor, limit), new TypeReference<>() {});
    }

    public OperationView deploy(DeployContract deploy) {
        return connection.post("/contracts", deploy, OperationView.class);
    }

    public OperationView upgrade(ContractName name, UpgradeContract upgrade) {
        return connection.post("/contracts/" + name + "/upgrade", upgrade, OperationView.class);
    }

    public OperationView rollback(ContractName name, RollbackContract rollback) {
        return connection.post("/contracts/" + name + "/rollback", rollback, OperationView.class);
    }

    public ChangePreview previewUpgrade(ContractName name, CodeHash code) {
        return connection.get(
                "/contracts/" + name + "/upgrade-preview",
                Map.of("code", code.toString()),
                ChangePreview.class);
    }

    /**
     * @param to version; null for the previous one
     */
    public ChangePreview previewRollback(ContractName name, @Nullable Long to) {
        return connection.get(
                "/contracts/" + name + "/rollback-preview",
                to == null ? Map.of() : Map.of("to", to.toString()),
                ChangePreview.class);
    }

    /** Uploads a module; the same bytes again are the same code. */
    public CodeView uploadCode(byte[] wasm) {
        return connection.upload("/code", wasm, CodeView.class);
    }

    public Page<CodeView> code(@Nullable String cursor, int limit) {
        return connection.get("/code", page(cursor, limit), new TypeReference<>() {});
    }

    public CodeView code(CodeHash hash) {
        return connection.get("/code/" + hash, Map.of(), CodeView.class);
    }

    public Page<BackupView> backups(@Nullable String cursor, int limit) {
        return connection.get("/backups", page(cursor, limit), new TypeReference<>() {});
    }

    public BackupView backup(String id) {
        return connection.get("/backups/" + id, Map.of(), BackupView.class);
    }

    public OperationView createBackup(CreateBackup create) {
        return connection.post("/backups", create, OperationView.class);
    }

    public OperationView verifyBackup(String id) {
        return connection.post("/backups/" + id + "/verify", Map.of(), OperationView.class);
    }

    public RestorePreview previewRestore(String id) {
        return connection.get(
                "/backups/" + id + "/restore-preview", Map.of(), RestorePreview.class);
    }

    public OperationView restoreBackup(String id, RestoreBackup restore) {
        return connection.post("/backups/" + id + "/restore", restore, OperationView.class);
    }

    public Page<BackupSchedule> schedules(@Nullable String cursor, int limit) {
        return connection.get("/backup-schedules", page(cursor, limit), new TypeReference<>() {});
    }

    public BackupSchedule setSchedule(
            GroupId group, BackupSchedule schedule, @Nullable Long expectedVersion) {
        return connection.put(
                "/groups/" + group + "/backup-schedule",
                schedule,
                expectedVersion,
                BackupSchedule.class);
    }

    /**
     * @param state pending, firing or resolved; null for all
     */
    public Page<AlertView> alerts(@Nullable String state, @Nullable String cursor, int limit) {
        return connection.get(
                "/alerts", with(page(cursor, limit), "state", state), new TypeReference<>() {});
    }

    public Page<AlertRule> rules(@Nullable String cursor, int limit) {
        return connection.get("/alert-rules", page(cursor, limit), new TypeReference<>() {});
    }

    public AlertRule setRule(AlertRule rule, @Nullable Long expectedVersion) {
        return connection.put(
                "/alert-rules/" + rule.name(), rule, expectedVersion, AlertRule.class);
    }

    public Webhook webhook() {
        return connection.get("/alert-webhook", Map.of(), Webhook.class);
    }

    public Webhook setWebhook(Webhook webhook, @Nullable Long expectedVersion) {
        return connection.put("/alert-webhook", webhook, expectedVersion, Webhook.class);
    }

    /**
     * @param state running, succeeded or failed; null for all
     */
    public Page<OperationView> operations(
            @Nullable String state, @Nullable String cursor, int limit) {
        return connection.get(
                "/operations", with(page(cursor, limit), "state", state), new TypeReference<>() {});
    }

    public OperationView operation(String id) {
        return connection.get("/operations/" + id, Map.of(), OperationView.class);
    }

    /** Waits up to ten seconds for a version above this one, then answers with what is there. */
    public OperationView operation(String id, long aboveVersion) {
        return connection.get(
                "/operations/" + id,
                Map.of("above", Long.toString(aboveVersion)),
                OperationView.class);
    }

    public Page<UserView> users(@Nullable String cursor, int limit) {
        return connection.get("/users", page(cursor, limit), new TypeReference<>() {});
    }

    public UserView addUser(AddUser user) {
        return connection.post("/users", user, UserView.class);
    }

    public Page<TokenView> tokens(@Nullable String cursor, int limit) {
        return connection.get("/tokens", page(cursor, limit), new TypeReference<>() {});
    }

    public TokenCreated createToken(CreateToken create) {
        return connection.post("/tokens", create, TokenCreated.class);
    }

    public void revokeToken(String id) {
        connection.delete("/tokens/" + id);
    }

    public Page<AuditEntry> audit(@Nullable String cursor, int limit) {
        return connection.get("/audit", page(cursor, limit), new TypeReference<>() {});
    }

    /**
     * @param contract null for all together
     * @param range ends now
     * @param points at most so many
     */
    public Signals signals(@Nullable ContractName contract, Duration range, int points) {
        var query =
                Map.of(
                        "seconds", Long.toString(range.toSeconds()),
                        "points", Integer.toString(points));
        return connection.get(
                "/signals",
                with(query, "contract", contract == null ? null : contract.value()),
                Signals.class);
    }

    /**
     * Follows what changes; blocks until the connection ends or the thread is interrupted.
     *
     * @param after id of the last event that was seen; null to begin now
     */
    public void follow(@Nullable Long after, Consumer<FleetEvent> consumer)
            throws InterruptedException {
        connection.follow("/events", after, consumer);
    }

    @Override
    public void close() {
        connection.close();
    }

    private static Map<String, String> page(@Nullable String cursor, int limit) {
        return with(Map.of("limit", Integer.toString(limit)), "cursor", cursor);
    }

    private static Map<String, String> with(
            Map<String, String> query, String name, @Nullable String value) {
        if (value == null) {
            return query;
        }
        var more = new java.util.TreeMap<>(query);
        more.put(name, value);
        return more;
    }
}
