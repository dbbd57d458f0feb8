using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>How one table of a file source is read: the options of its block, ready for use.</summary>
internal sealed record FileTableSettings
{
    public required SettingsObject Block { get; init; }

    /// <summary>The place of the block, for errors.</summary>
    public TextPosition Where => Block.Where;

    /// <summary>The file or folder.</summary>
    public required string Path { get; init; }

    public required FileFormat Format { get; init; }

    public required FileFilter Filter { get; init; }

    public required StreamCodec Codec { get; init; }

    public required ArchiveKind Archive { get; init; }

    public required bool ParsePartitions { get; init; }

    public required IReadOnlyList<string> ReadColumns { get; init; }

    /// <summary>True when the job has a schema block.</summary>
    public required bool HasSchema { get; init; }

    /// <summary>Whether large files are shared; null when the number of readers decides.</summary>
    public required bool? Split { get; init; }

    public required long SplitBytes { get; init; }

    public required BadRows BadRows { get; init; }

    /// <summary>True when reading goes on behind a row that does not fit.</summary>
    public required bool GoesOn { get; init; }

    public required PrecisionLoss PrecisionLoss { get; init; }

    /// <summary>How text and csv look. The columns that fields fill are not settled here.</summary>
    public required DelimitedOptions Delimited { get; init; }

    public required JsonOptions Json { get; init; }

    /// <summary>True when files are read as they are, without another encoding in between.</summary>
    public bool HasUtf8Bytes => Delimited.Encoding.CodePage == System.Text.Encoding.UTF8.CodePage;

    /// <summary>True when bytes of a file are bytes of its rows: then a reader may begin at any row.</summary>
    public bool IsSeekable => Codec == StreamCodec.None && Archive == ArchiveKind.None && (Format == FileFormat.Parquet || (Format.IsLines && HasUtf8Bytes));

    /// <param name="block">The block of the table.</param>
    /// <param name="zone">Which zone times without one are in.</param>
    /// <param name="mayRefuse">Whether rows that do not fit may be refused, and the job goes on.</param>
    /// <exception cref="ChunnelException">A value does not fit its option.</exception>
    public static FileTableSettings Read(SettingsObject block, TimeZoneInfo zone, bool mayRefuse)
    {
        var badRows = FileSourceOptions.BadRowsMode.Read(block);
        var format = FileFormat.Of(FileSourceOptions.Format.Read(block));
        FileSourceOptions.FilterPattern.TryRead(block, out var pattern);
        FileSourceOptions.Extension.TryRead(block, out var extension);
        var codec = StreamCodecs.TryParse(FileSourceOptions.CompressCodec.Read(block), out var known) ? known : StreamCodec.None;
        FileSourceOptions.ReadPartitions.TryRead(block, out var partitions);
        FileSourceOptions.ReadColumns.TryRead(block, out var columns);
        var encoding = FileEncodings.Read(FileSourceOptions.Encoding, block);
        return new FileTableSettings
        {
            Block = block,
            Path = FilePaths.Clean(FileSourceOptions.Path.Read(block)),
            Format = format,
            Filter = new FileFilter(pattern)
            {
                Partitions = partitions ?? [],
                Extension = extension,
                ModifiedFrom = ReadTime(FileSourceOptions.ModifiedStart, block, zone),
                ModifiedBefore = ReadTime(FileSourceOptions.ModifiedEnd, block, zone),
            },
            Codec = format.IsLines ? codec : StreamCodec.None,
            Archive = FileSourceOptions.ArchiveCodec.Read(block),
            ParsePartitions = FileSourceOptions.ParsePartitions.Read(block),
            ReadColumns = columns ?? [],
            HasSchema = FileSourceOptions.Schema.Find(block) is not null,
            Split = FileSourceOptions.Split.TryRead(block, out var split) ? split : null,
            SplitBytes = FileSourceOptions.SplitBytes.Read(block),
            BadRows = badRows,
            GoesOn = mayRefuse || badRows == BadRows.Skip,
            PrecisionLoss = FileSourceOptions.PrecisionLoss.Read(block),
            Delimited = ReadDelimited(block, format, encoding),
            Json = new JsonOptions { Encoding = encoding },
        };
    }

    private static DelimitedOptions ReadDelimited(SettingsObject block, FileFormat format, System.Text.Encoding encoding)
    {
        var basis = format == FileFormat.Csv ? DelimitedOptions.Csv : DelimitedOptions.Text;
        var isCsv = format == FileFormat.Csv;
        return basis with
        {
            FieldDelimiter = FileSourceOptions.FieldDelimiter.TryRead(block, out var delimiter) ? DelimitedOptions.Literal(delimiter) : basis.FieldDelimiter,
            FieldDelimiterRegex = !isCsv && FileSourceOptions.FieldDelimiterRegex.TryRead(block, out var regex) ? regex : null,
            RowDelimiter = FileSourceOptions.RowDelimiter.TryRead(block, out var row) && DelimitedOptions.Literal(row) is not "\n" and var literal ? literal : null,
            Quote = isCsv ? FileSourceOptions.QuoteChar.Read(block)[0] : null,
            Escape = isCsv && FileSourceOptions.EscapeChar.TryRead(block, out var escape) ? escape[0] : null,
            NullFormat = FileSourceOptions.NullFormat.TryRead(block, out var nullFormat) && nullFormat.Length > 0 ? nullFormat : null,
            Encoding = encoding,
            SkipLines = FileSourceOptions.SkipHeaderRows.Read(block),
            Header = isCsv && FileSourceOptions.UseHeaderLine.Read(block),
            DateFormat = FileSourceOptions.DateFormat.Read(block),
            TimeFormat = FileSourceOptions.TimeFormat.Read(block),
            DateTimeFormat = FileSourceOptions.DateTimeFormat.Read(block),
        };
    }

    private static DateTimeOffset? ReadTime(Plugins.Option<string> option, SettingsObject block, TimeZoneInfo zone) =>
        option.TryRead(block, out var text) && FileFilter.TryReadTime(text, zone, out var time) ? time : null;
}
