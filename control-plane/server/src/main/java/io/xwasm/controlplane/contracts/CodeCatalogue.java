package io.xwasm.controlplane.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Uploaded modules by hash. */
public final class CodeCatalogue {
    static final int SIZE_LIMIT = 1 << 20;
    private static final String HEAD =
            "SELECT seq, hash, LENGTH(bytes) AS size, interface, uploaded_by, uploaded_at FROM code ";

    private final Database database;
    private final InstantSource clock;

    public CodeCatalogue(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a module; the same bytes again are the same code.
     *
     * @throws Refusal when it is none, or says nothing about its interface. What the VM itself does
     *     not accept is told by the agents when the code is stored in a ledger.
     */
    Code upload(byte[] wasm, String by) {
        var section = checked(wasm);
        var hash = CodeHash.ofCode(wasm);
        database.change(sql -> {
            var _ =
                    sql.run(
                            "INSERT INTO code"
                                    + " (hash, bytes, interface, uploaded_by, uploaded_at)"
                                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                            hash.toString(),
                            wasm,
                            new String(section, UTF_8),
                            by,
                            clock.millis());
        });
        return require(hash);
    }

    private static byte[] checked(byte[] wasm) {
        if (wasm.length > SIZE_LIMIT) {
            throw Refusal.of(
                    ProblemKind.REFUSED_CODE,
                    "the module has %,d bytes, and at most %,d are taken"
                            .formatted(wasm.length, SIZE_LIMIT));
        }
        try {
            var section =
                    CodeSections.custom(wasm, ContractInterface.SECTION)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "the module has no section %s: build it with the contract SDK"
                                                    .formatted(ContractInterface.SECTION)));
            var _ = ContractInterface.parse(section);
            return section;
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemKind.REFUSED_CODE, String.valueOf(e.getMessage()));
        }
    }

    Optional<Code> find(CodeHash hash) {
        return database.read(
                sql -> sql.first(HEAD + "WHERE hash = ?", row -> code(row), hash.toString()));
    }

    /**
     * @throws Refusal when there is no such code
     */
    Code require(CodeHash hash) {
        return find(hash)
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNKNOWN_CODE,
                                "there is no code %s: upload it first".formatted(hash)));
    }

    byte[] bytes(CodeHash hash) {
        return database.read(sql ->
                        sql.first(
                                "SELECT bytes FROM code WHERE hash = ?",
                                row -> row.bytes("bytes"),
                                hash.toString()))
                .orElseThrow();
    }

    record Numbered(long sequence, Code code) {}

    List<Numbered> page(long below, int limit) {
        return database.read(sql ->
                sql.list(
                        HEAD + "WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                        row -> new Numbered(row.number("seq"), code(row)),
                        below,
                        limit));
    }

    private static Code code(Row row) {
        return new Code(
                CodeHash.parse(row.text("hash")),
                ContractInterface.parse(row.text("interface").getBytes(UTF_8)),
                row.count("size"),
                row.text("uploaded_by"),
                row.time("uploaded_at"));
    }
}
