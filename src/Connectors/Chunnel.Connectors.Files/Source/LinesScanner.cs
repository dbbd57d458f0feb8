using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads a share of a text, csv or json file.</summary>
internal sealed class LinesScanner : ISplitScanner
{
    private readonly ITableDecoder _decoder;
    private readonly string _name;
    private readonly long _end;
    private readonly long _mostEnd;

    private LinesScanner(ITableDecoder decoder, string name, long end)
    {
        _decoder = decoder;
        _name = name;
        _end = end;
        // The line break behind the last object may be read or left.
        _mostEnd = end < 0 ? long.MaxValue : end + (decoder is JsonLinesDecoder ? JsonBorder.MostBreakBytes : 0);
    }

    public FilePosition Position => new(0, _decoder.Position.ByteOffset, _decoder.Position.Row, _decoder.Position.Line);

    public long RoundedValues => _decoder.RoundedValues;

    /// <summary>Takes the stream over.</summary>
    public static async ValueTask<LinesScanner> OpenAsync(FileTable table, Stream file, string path, FilePosition start, long end, ReaderContext context, CancellationToken stop)
    {
        var settings = table.Settings;
        var needsHeader = settings.Format == FileFormat.Csv && settings.Delimited.Header && start.Offset > 0;
        if (needsHeader && !file.CanSeek) file = await SpooledFile.CopyAsync(file, stop);
        var atStart = settings.Codec == StreamCodec.None && file.CanSeek && settings.HasUtf8Bytes;
        var request = new DecodeRequest
        {
            File = path,
            Schema = table.DataSchema,
            Memory = context.Memory,
            BatchRows = context.BatchRows,
            Start = new DataPosition(start.Offset, start.Lines, start.Rows),
            StreamIsAtStart = atStart,
            EndOffset = end < 0 ? long.MaxValue : end,
            BadRows = settings.BadRows,
            PrecisionLoss = settings.PrecisionLoss,
            Skipped = context.Skipped,
            Refusals = context.Refusals,
        };
        var options = DelimitedOf(table);
        if (needsHeader)
        {
            file.Position = 0;
            var head = await DelimitedHead.ReadAsync(StreamCodecs.OpenRead(settings.Codec, file), request, options, stop);
            options = options with { FieldColumns = head.FieldColumns };
        }
        if (file.CanSeek) file.Position = atStart ? start.Offset : 0;
        var stream = StreamCodecs.OpenRead(settings.Codec, file);
        var decoder = settings.Format == FileFormat.Json && !table.IsWholeLines
            ? (ITableDecoder)new JsonLinesDecoder(stream, request, settings.Json)
            : new TextDecoder(stream, request, options);
        return new LinesScanner(decoder, path, end);
    }

    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        var batch = await _decoder.ReadAsync(stop);
        if (_decoder.Position.ByteOffset > _mostEnd)
        {
            batch?.Dispose();
            throw new ChunnelException(FormatErrors.BadFile, $"'{_name}' was cut at byte {_end}, within a row: it has quoted text that looks like rows, or it changed while it was read.")
            {
                Mend = "Set enable_file_split = false.",
            };
        }
        return batch;
    }

    public ValueTask DisposeAsync() => _decoder.DisposeAsync();

    private static DelimitedOptions DelimitedOf(FileTable table)
    {
        var options = table.Settings.Delimited;
        if (!table.IsWholeLines) return options with { FieldColumns = table.FieldColumns };
        // A line without columns is one field: no mark of a field's end ever matches.
        return DelimitedOptions.Text with { FieldDelimiterRegex = "(?!)", RowDelimiter = options.RowDelimiter, Encoding = options.Encoding, SkipLines = options.SkipLines };
    }
}
