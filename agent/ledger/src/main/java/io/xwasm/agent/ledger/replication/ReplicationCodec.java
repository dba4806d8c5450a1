package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.store.StoredRecord;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The binary form of {@link ReplicationMessage}: one byte for the kind, then its parts. */
final class ReplicationCodec {
    private ReplicationCodec() {}

    static byte[] write(ReplicationMessage message) {
        return switch (message) {
            case ReplicationMessage.Open m ->
                    out(1).text(m.group().value())
                            .incarnation(m.from())
                            .incarnation(m.to())
                            .text(Json.write(m.configuration()))
                            .toBytes();
            case ReplicationMessage.Opened m -> {
                var out = out(2).incarnation(m.from()).i64(m.epoch().value());
                out.i32(m.heights().size());
                m.heights().forEach(out::i64);
                m.hashes().forEach(out::hash);
                yield out.toBytes();
            }
            case ReplicationMessage.Cut m ->
                    out(3).i64(m.epoch().value()).i64(m.height()).toBytes();
            case ReplicationMessage.Append m ->
                    out(4).i64(m.epoch().value()).i64(m.committed()).blob(m.block()).toBytes();
            case ReplicationMessage.Beat m ->
                    out(5).i64(m.epoch().value()).i64(m.committed()).toBytes();
            case ReplicationMessage.Confirm m ->
                    out(6).i64(m.epoch().value()).i64(m.round()).toBytes();
            case ReplicationMessage.News m -> out(7).text(Json.write(m.configuration())).toBytes();
            case ReplicationMessage.SeedBegin m ->
                    out(8).i64(m.epoch().value()).i64(m.height()).toBytes();
            case ReplicationMessage.SeedRecords m -> {
                var out = out(9).i32(m.records().size());
                m.records().forEach(r -> out.u8(r.column()).blob(r.key()).blob(r.value()));
                yield out.toBytes();
            }
            case ReplicationMessage.SeedEnd m -> out(10).hash(m.root()).toBytes();
            case ReplicationMessage.Ack m ->
                    out(11).incarnation(m.from())
                            .i64(m.epoch().value())
                            .i64(m.height())
                            .hash(m.hash())
                            .i64(m.executed())
                            .hash(m.root())
                            .toBytes();
            case ReplicationMessage.Confirmed m ->
                    out(12).i64(m.epoch().value()).i64(m.round()).toBytes();
            case ReplicationMessage.Refused m ->
                    out(13).text(m.why()).text(Json.write(m.configuration())).toBytes();
        };
    }

    private static WireWriter out(int kind) {
        return new WireWriter().u8(kind);
    }

    /**
     * @throws MalformedMessage when the bytes are no message
     */
    static ReplicationMessage read(byte[] bytes) {
        try {
            return read(new WireReader(bytes, "replication message"));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("a replication message is malformed: " + e.getMessage(), e);
        }
    }

    private static ReplicationMessage read(WireReader in) {
        int kind = in.u8();
        var message =
                switch (kind) {
                    case 1 ->
                            new ReplicationMessage.Open(
                                    new GroupId(in.text()),
                                    in.incarnation(),
                                    in.incarnation(),
                                    configuration(in));
                    case 2 -> opened(in);
                    case 3 -> new ReplicationMessage.Cut(epoch(in), in.i64());
                    case 4 -> new ReplicationMessage.Append(epoch(in), in.i64(), in.blob());
                    case 5 -> new ReplicationMessage.Beat(epoch(in), in.i64());
                    case 6 -> new ReplicationMessage.Confirm(epoch(in), in.i64());
                    case 7 -> new ReplicationMessage.News(configuration(in));
                    case 8 -> new ReplicationMessage.SeedBegin(epoch(in), in.i64());
                    case 9 ->
                            new ReplicationMessage.SeedRecords(
                                    IntStream.range(0, in.count(9))
                                            .mapToObj(_ ->
                                                    new StoredRecord(in.u8(), in.blob(), in.blob()))
                                            .toList());
                    case 10 -> new ReplicationMessage.SeedEnd(in.hash());
                    case 11 ->
                            new ReplicationMessage.Ack(
                                    in.incarnation(),
                                    epoch(in),
                                    in.i64(),
                                    in.hash(),
                                    in.i64(),
                                    in.hash());
                    case 12 -> new ReplicationMessage.Confirmed(epoch(in), in.i64());
                    case 13 -> new ReplicationMessage.Refused(in.text(), configuration(in));
                    default ->
                            throw new MalformedMessage("no replication message has kind " + kind);
                };
        in.end();
        return message;
    }

    private static ReplicationMessage.Opened opened(WireReader in) {
        var from = in.incarnation();
        var epoch = epoch(in);
        int count = in.count(40);
        List<Long> heights = new ArrayList<>();
        List<Hash> hashes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            heights.add(in.i64());
        }
        for (int i = 0; i < count; i++) {
            hashes.add(in.hash());
        }
        return new ReplicationMessage.Opened(from, epoch, heights, hashes);
    }

    private static Epoch epoch(WireReader in) {
        return new Epoch(in.i64());
    }

    private static Configuration configuration(WireReader in) {
        return Json.read(in.text(), Configuration.class);
    }
}
