using Chunnel.Core;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// A Parquet file to read: its schema, its row groups, and scans over them. The settings are those of data-path.md 3 and 8: no reading ahead
/// of whole row groups, INT96 as microseconds.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    private readonly BatchMemory _memory;
    private readonly FileReader _file;
    private readonly ParquetColumns _columns;

    private ParquetReader(FileReader file, string name, BatchMemory memory)
    {
        _file = file;
        _memory = memory;
        Name = name;
        _columns = new ParquetColumns(file, name);
        RowGroups = ReadRowGroups(file);
        Rows = RowGroups.Count == 0 ? 0 : RowGroups[^1].FirstRow + RowGroups[^1].Rows;
    }

    /// <summary>The file as messages name it.</summary>
    public string Name { get; }

    /// <summary>Rows of the whole file.</summary>
    public long Rows { get; }

    public IReadOnlyList<ParquetRowGroup> RowGroups { get; }

    /// <summary>All columns with the types that hold them (spec connectors.md 6.3).</summary>
    /// <exception cref="ChunnelException">Some column has a type that nothing here holds.</exception>
    public TableSchema Schema => field ??= _columns.Discover();

    /// <summary>Opens a file on disk.</summary>
    /// <exception cref="ChunnelException">It is no Parquet file, or damaged.</exception>
    public static ParquetReader Open(string path, BatchMemory memory) =>
        Open(path, memory, (reader, arrow) => new FileReader(path, reader, arrow));

    /// <summary>Opens a file behind a stream that can seek.</summary>
    /// <exception cref="ChunnelException">It is no Parquet file, or damaged.</exception>
    public static ParquetReader Open(Stream stream, string name, BatchMemory memory, bool leaveOpen = false) =>
        Open(name, memory, (reader, arrow) => new FileReader(stream, reader, arrow, leaveOpen));

    /// <summary>Reads rows. One scan at a time.</summary>
    /// <exception cref="ChunnelException">A column is not in the file.</exception>
    public ParquetScan Scan(ParquetScanOptions? options = null)
    {
        options ??= new ParquetScanOptions();
        var schema = options.Schema ?? Schema;
        var leaves = _columns.LeavesOf(schema);
        var end = options.RowGroupCount is { } count ? Math.Min(RowGroups.Count, options.FirstRowGroup + count) : RowGroups.Count;
        var groups = RowGroups.Skip(options.FirstRowGroup).Take(Math.Max(0, end - options.FirstRowGroup)).ToList();
        var last = groups.Count == 0 ? Rows : groups[^1].FirstRow + groups[^1].Rows;
        var start = options.StartRow ?? (groups.Count == 0 ? last : groups[0].FirstRow);
        groups.RemoveAll(group => group.FirstRow + group.Rows <= start);
        var reserve = groups.Count == 0 ? 0 : groups.Max(group => _columns.NativeBytes(group.Index, leaves));
        return new ParquetScan(_file, Name, _memory, schema, leaves, groups, start, reserve, options);
    }

    public void Dispose() => _file.Dispose();

    private static ParquetReader Open(string name, BatchMemory memory, Func<ReaderProperties, ArrowReaderProperties, FileReader> open)
    {
        using var reader = ReaderProperties.GetDefaultReaderProperties();
        reader.EnableBufferedStream();
        using var arrow = ArrowReaderProperties.GetDefault();
        arrow.PreBuffer = false;
        arrow.UseThreads = false;
        arrow.BatchSize = ColumnBatch.AimRows;
        arrow.CoerceInt96TimestampUnit = Apache.Arrow.Types.TimeUnit.Microsecond;
        FileReader? file = null;
        try
        {
            file = open(reader, arrow);
            return new ParquetReader(file, name, memory);
        }
        catch (Exception e) when (e is not (ChunnelException or FileNotFoundException or UnauthorizedAccessException))
        {
            file?.Dispose();
            throw ParquetErrors.CannotOpen(name, e);
        }
    }

    private static List<ParquetRowGroup> ReadRowGroups(FileReader file)
    {
        var groups = new List<ParquetRowGroup>();
        long row = 0;
        for (var i = 0; i < file.NumRowGroups; i++)
        {
            using var group = file.ParquetReader.RowGroup(i);
            groups.Add(new ParquetRowGroup(i, row, group.MetaData.NumRows, group.MetaData.TotalByteSize));
            row += group.MetaData.NumRows;
        }
        return groups;
    }
}
