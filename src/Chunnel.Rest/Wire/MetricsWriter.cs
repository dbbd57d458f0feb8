using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes a job's counters: every member always there, every value text (spec rest-api.md 4.5).</summary>
internal static class MetricsWriter
{
    private static readonly FlowNames _received = new(WireNames.SourceReceived);
    private static readonly FlowNames _written = new(WireNames.SinkWrite);
    private static readonly FlowNames _committed = new(WireNames.SinkCommitted);

    public static void Write(Utf8JsonWriter json, MetricsView metrics, bool withLowerNames)
    {
        json.WriteStartObject(WireNames.Metrics);
        // The order that SeaTunnel's answers have; what it did not know yet comes after.
        var (read, written, committed) = (metrics.Read, metrics.Written, metrics.Committed);
        WriteTables(json, _received.TableCount, read, Count);
        WriteTables(json, _received.TableRowRate, read, RowRate);
        WriteTables(json, _written.TableRowRate, written, RowRate);
        WriteTables(json, _written.TableCount, written, Count);
        json.WriteString(_written.Count, Count(written));
        json.WriteString(_written.ByteRate, ByteRate(written));
        WriteTables(json, _written.TableByteRate, written, ByteRate);
        json.WriteString(_written.RowRate, RowRate(written));
        json.WriteString(_received.Bytes, Bytes(read));
        json.WriteString(_received.ByteRate, ByteRate(read));
        json.WriteString(_received.Count, Count(read));
        json.WriteString(_received.RowRate, RowRate(read));
        WriteTables(json, _received.TableByteRate, read, ByteRate);
        WriteTables(json, _received.TableBytes, read, Bytes);
        json.WriteString(_written.Bytes, Bytes(written));
        WriteTables(json, _written.TableBytes, written, Bytes);
        json.WriteString(WireNames.IntermediateQueueSize, WireTypes.Count(metrics.QueuedRows));
        json.WriteString(_committed.Count, Count(committed));
        json.WriteString(_committed.Bytes, Bytes(committed));
        json.WriteString(_committed.RowRate, RowRate(committed));
        json.WriteString(_committed.ByteRate, ByteRate(committed));
        WriteTables(json, _committed.TableCount, committed, Count);
        WriteTables(json, _committed.TableBytes, committed, Bytes);
        WriteTables(json, _committed.TableRowRate, committed, RowRate);
        WriteTables(json, _committed.TableByteRate, committed, ByteRate);
        if (withLowerNames)
        {
            json.WriteString(WireNames.LowerSourceReceivedCount, Count(read));
            json.WriteString(WireNames.LowerSinkWriteCount, Count(written));
        }
        json.WriteEndObject();
    }

    private static void WriteTables(Utf8JsonWriter json, JsonEncodedText name, FlowView flow, Func<FlowView, string> value)
    {
        json.WriteStartObject(name);
        foreach (var (table, counted) in flow.Tables) json.WriteString(table, value(counted));
        json.WriteEndObject();
    }

    private static string Count(FlowView flow) => WireTypes.Count(flow.Rows);

    private static string Bytes(FlowView flow) => WireTypes.Count(flow.Bytes);

    private static string RowRate(FlowView flow) => WireTypes.Rate(flow.RowsPerSecond);

    private static string ByteRate(FlowView flow) => WireTypes.Rate(flow.BytesPerSecond);

    /// <summary>The members of one flow, e.g. of <c>SourceReceived</c>: names are put together once.</summary>
    private sealed class FlowNames(string flow)
    {
        public readonly JsonEncodedText Count = Name("", flow, WireNames.Count);
        public readonly JsonEncodedText Bytes = Name("", flow, WireNames.Bytes);
        public readonly JsonEncodedText RowRate = Name("", flow, WireNames.RowRate);
        public readonly JsonEncodedText ByteRate = Name("", flow, WireNames.ByteRate);
        public readonly JsonEncodedText TableCount = Name(WireNames.Table, flow, WireNames.Count);
        public readonly JsonEncodedText TableBytes = Name(WireNames.Table, flow, WireNames.Bytes);
        public readonly JsonEncodedText TableRowRate = Name(WireNames.Table, flow, WireNames.RowRate);
        public readonly JsonEncodedText TableByteRate = Name(WireNames.Table, flow, WireNames.ByteRate);

        private static JsonEncodedText Name(string before, string flow, string after) => JsonEncodedText.Encode(before + flow + after);
    }
}
