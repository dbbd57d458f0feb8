using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>How a file sink writes: the options of its block, ready for use.</summary>
internal sealed record FileSinkSettings
{
    public required SettingsObject Block { get; init; }

    public required string Path { get; init; }

    public required string TmpPath { get; init; }

    public required string NameExpression { get; init; }

    public required TimePattern NameTime { get; init; }

    public required FileFormat Format { get; init; }

    public required StreamCodec Codec { get; init; }

    /// <summary>The codec by its name in the job.</summary>
    public required string CodecName { get; init; }

    /// <summary>The codec's suffix and the extension, with their dots.</summary>
    public required string Suffix { get; init; }

    public required bool Transaction { get; init; }

    /// <summary>Rows of one file.</summary>
    public required long RowsOfFile { get; init; }

    public required bool SingleFile { get; init; }

    public required bool EmptyFile { get; init; }

    /// <summary>The columns that make the folders; none without partitions.</summary>
    public required IReadOnlyList<string> PartitionBy { get; init; }

    public required string PartitionDirExpression { get; init; }

    public required bool PartitionInFile { get; init; }

    /// <summary>The columns that are written; empty for all.</summary>
    public required IReadOnlyList<string> SinkColumns { get; init; }

    public required DelimitedOptions Delimited { get; init; }

    public required JsonOptions Json { get; init; }

    public required bool TimestampMillis { get; init; }

    public required bool TimestampAsInt96 { get; init; }

    public required IReadOnlyList<string> FixedAsInt96 { get; init; }

    public required OutOfRange OutOfRange { get; init; }

    public required PrecisionLoss PrecisionLoss { get; init; }

    public required SchemaSaveMode SchemaSaveMode { get; init; }

    public required DataSaveMode DataSaveMode { get; init; }

    /// <exception cref="ChunnelException">A value does not fit its option.</exception>
    public static FileSinkSettings Read(SettingsObject block)
    {
        var format = FileFormat.Of(FileSinkOptions.Format.Read(block));
        var encoding = FileEncodings.Read(FileSinkOptions.Encoding, block);
        var codec = StreamCodecs.TryParse(FileSinkOptions.CompressCodec.Read(block), out var known) ? known : StreamCodec.None;
        var partitioned = FileSinkOptions.HavePartition.Read(block);
        var single = FileSinkOptions.SingleFile.Read(block);
        return new FileSinkSettings
        {
            Block = block,
            Path = FilePaths.Clean(FileSinkOptions.Path.Read(block)),
            TmpPath = FilePaths.Clean(FileSinkOptions.TmpPath.Read(block)),
            NameExpression = FileSinkOptions.NameExpression.Read(block) is { Length: > 0 } written ? written : FileSinkOptions.NameExpression.DefaultValue!,
            NameTime = TimePattern.Parse(FileSinkOptions.NameTimeFormat.Read(block)),
            Format = format,
            Codec = codec,
            CodecName = FileSinkOptions.CompressCodec.Read(block).Trim() is { Length: > 0 } name ? name : "none",
            Suffix = StreamCodecs.SuffixOf(codec) + Extension(block, format),
            Transaction = FileSinkOptions.Transaction.Read(block),
            RowsOfFile = single ? long.MaxValue : FileSinkOptions.BatchSize.Read(block),
            SingleFile = single,
            EmptyFile = FileSinkOptions.EmptyFile.Read(block),
            PartitionBy = partitioned && FileSinkOptions.PartitionBy.TryRead(block, out var by) ? by : [],
            PartitionDirExpression = FileSinkOptions.PartitionDirExpression.Read(block),
            PartitionInFile = FileSinkOptions.PartitionInFile.Read(block),
            SinkColumns = FileSinkOptions.SinkColumns.TryRead(block, out var columns) ? columns : [],
            Delimited = ReadDelimited(block, format, encoding),
            Json = new JsonOptions { Encoding = encoding, RowDelimiter = DelimitedOptions.Literal(FileSinkOptions.RowDelimiter.Read(block)) },
            TimestampMillis = FileSinkOptions.TimestampUnit.Read(block) == "MILLIS",
            TimestampAsInt96 = FileSinkOptions.TimestampAsInt96.Read(block),
            FixedAsInt96 = FileSinkOptions.FixedAsInt96.TryRead(block, out var fixedColumns) ? fixedColumns : [],
            OutOfRange = FileSinkOptions.OutOfRange.Read(block),
            PrecisionLoss = FileSinkOptions.PrecisionLoss.Read(block),
            SchemaSaveMode = SaveModeOptions.Schema.Read(block),
            DataSaveMode = SaveModeOptions.Data.Read(block),
        };
    }

    private static string Extension(SettingsObject block, FileFormat format)
    {
        var extension = FileSinkOptions.Extension.TryRead(block, out var own) ? own : format.Extension;
        return extension is "" or ['.', ..] ? extension : "." + extension;
    }

    private static DelimitedOptions ReadDelimited(SettingsObject block, FileFormat format, System.Text.Encoding encoding)
    {
        var basis = format == FileFormat.Csv ? DelimitedOptions.Csv : DelimitedOptions.Text;
        return basis with
        {
            FieldDelimiter = FileSinkOptions.FieldDelimiter.TryRead(block, out var delimiter) ? DelimitedOptions.Literal(delimiter) : basis.FieldDelimiter,
            RowDelimiter = DelimitedOptions.Literal(FileSinkOptions.RowDelimiter.Read(block)),
            NullFormat = FileSinkOptions.NullFormat.Read(block) is { Length: > 0 } nullFormat ? nullFormat : null,
            Encoding = encoding,
            Header = FileSinkOptions.HeaderWrite.Read(block),
            QuoteMode = FileSinkOptions.QuoteMode.Read(block) switch { "ALL" => QuoteMode.All, "NONE" => QuoteMode.None, _ => QuoteMode.Minimal },
            DateFormat = FileSinkOptions.DateFormat.Read(block),
            TimeFormat = FileSinkOptions.TimeFormat.Read(block),
            DateTimeFormat = FileSinkOptions.DateTimeFormat.Read(block),
        };
    }
}
