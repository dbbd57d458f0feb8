using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>Writes a job's counters: every member always there, every value text (spec rest-api.md 4.5).</summary>
internal static class MetricsWriter
{
    private static readonly FlowNames _received = new(WireNames.SourceReceived);
    private static readonly FlowNames _written = new(WireNames.SinkWrite);
    private static readonly FlowNames _committed = new(WireNames.SinkCommitted);
    private static readonly JsonEncodedText _queued = JsonEncodedText.Encode(WireNames.IntermediateQueueSize);
    private static readonly JsonEncodedText _lowerReceived = JsonEncodedText.Encode(WireNames.LowerSourceReceivedCount);
    private static readonly JsonEncodedText _lowerWritten = JsonEncodedText.Encode(WireNames.LowerSinkWriteCount);

    private static readonly JsonEncodedText _filtered = JsonEncodedText.Encode(WireNames.Filtered + WireNames.Count);
    private static readonly JsonEncodedText _skipped = JsonEncodedText.Encode(WireNames.Skipped + WireNames.Count);
    private static readonly JsonEncodedText _tableSkipped = JsonEncodedText.Encode(WireNames.Table + WireNames.Skipped + WireNames.Count);
    private static readonly JsonEncodedText _deadLettered = JsonEncodedText.Encode(WireNames.DeadLettered + WireNames.Count);
    private static readonly JsonEncodedText _tableDeadLettered = JsonEncodedText.Encode(WireNames.Table + WireNames.DeadLettered + WireNames.Count);

    public static void Write(Utf8JsonWriter json, MetricsView metrics, bool withLowerNames)
    {
        json.WriteStartObject(WireNames.Metrics);
        // The order that SeaTunnel's answers have; what it did not know yet comes after.
        var (read, written, committed) = (metrics.Read, metrics.Written, metrics.Committed);
        TableCounts(json, _received.TableCount, read, Rows);
        TableRates(json, _received.TableRowRate, read, RowRate);
        TableRates(json, _written.TableRowRate, written, RowRate);
        TableCounts(json, _written.TableCount, written, Rows);
        Count(json, _written.Count, written.Rows);
        Rate(json, _written.ByteRate, written.BytesPerSecond);
        TableRates(json, _written.TableByteRate, written, ByteRate);
        Rate(json, _written.RowRate, written.RowsPerSecond);
        Count(json, _received.Bytes, read.Bytes);
        Rate(json, _received.ByteRate, read.BytesPerSecond);
        Count(json, _received.Count, read.Rows);
        Rate(json, _received.RowRate, read.RowsPerSecond);
        TableRates(json, _received.TableByteRate, read, ByteRate);
        TableCounts(json, _received.TableBytes, read, Bytes);
        Count(json, _written.Bytes, written.Bytes);
        TableCounts(json, _written.TableBytes, written, Bytes);
        Count(json, _queued, metrics.QueuedRows);
        Count(json, _committed.Count, committed.Rows);
        Count(json, _committed.Bytes, committed.Bytes);
        Rate(json, _committed.RowRate, committed.RowsPerSecond);
        Rate(json, _committed.ByteRate, committed.BytesPerSecond);
        TableCounts(json, _committed.TableCount, committed, Rows);
        TableCounts(json, _committed.TableBytes, committed, Bytes);
        TableRates(json, _committed.TableRowRate, committed, RowRate);
        TableRates(json, _committed.TableByteRate, committed, ByteRate);
        WriteRefused(json, metrics);
        foreach (var (name, count) in metrics.Counts) Count(json, JsonEncodedText.Encode(name), count);
        if (withLowerNames)
        {
            Count(json, _lowerReceived, read.Rows);
            Count(json, _lowerWritten, written.Rows);
        }
        json.WriteEndObject();
    }

    /// <summary>Only of a job that refused rows: what SeaTunnel's clients know is all that other jobs have. Then read = written + filtered + dead-lettered.</summary>
    private static void WriteRefused(Utf8JsonWriter json, MetricsView metrics)
    {
        if (metrics.DeadLettered.Rows + metrics.Skipped.Rows == 0) return;
        Count(json, _filtered, metrics.LeftOut.Rows);
        Count(json, _skipped, metrics.Skipped.Rows);
        TableCounts(json, _tableSkipped, metrics.Skipped, Rows);
        Count(json, _deadLettered, metrics.DeadLettered.Rows);
        TableCounts(json, _tableDeadLettered, metrics.DeadLettered, Rows);
    }

    private static void TableCounts(Utf8JsonWriter json, JsonEncodedText name, FlowView flow, Func<FlowView, long> value)
    {
        Span<byte> text = stackalloc byte[WireTypes.MostCountBytes];
        json.WriteStartObject(name);
        foreach (var (table, counted) in flow.Tables) json.WriteString(table, text[..WireTypes.Count(value(counted), text)]);
        json.WriteEndObject();
    }

    private static void TableRates(Utf8JsonWriter json, JsonEncodedText name, FlowView flow, Func<FlowView, double> value)
    {
        Span<byte> text = stackalloc byte[WireTypes.MostRateBytes];
        json.WriteStartObject(name);
        foreach (var (table, counted) in flow.Tables) json.WriteString(table, text[..WireTypes.Rate(value(counted), text)]);
        json.WriteEndObject();
    }

    private static void Count(Utf8JsonWriter json, JsonEncodedText name, long count)
    {
        Span<byte> text = stackalloc byte[WireTypes.MostCountBytes];
        json.WriteString(name, text[..WireTypes.Count(count, text)]);
    }

    private static void Rate(Utf8JsonWriter json, JsonEncodedText name, double perSecond)
    {
        Span<byte> text = stackalloc byte[WireTypes.MostRateBytes];
        json.WriteString(name, text[..WireTypes.Rate(perSecond, text)]);
    }

    private static long Rows(FlowView flow) => flow.Rows;

    private static long Bytes(FlowView flow) => flow.Bytes;

    private static double RowRate(FlowView flow) => flow.RowsPerSecond;

    private static double ByteRate(FlowView flow) => flow.BytesPerSecond;

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
