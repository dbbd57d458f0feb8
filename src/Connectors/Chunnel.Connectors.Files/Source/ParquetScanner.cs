using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Formats.Arrow;
using Chunnel.Formats.Parquet;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads a share of a parquet file: some of its row groups. Its position's row counts from the file's start.</summary>
internal sealed class ParquetScanner : ISplitScanner
{
    private readonly ParquetReader _reader;
    private readonly ParquetScan _scan;
    private readonly FileSplit _split;
    private readonly long _shareRows;

    private ParquetScanner(ParquetReader reader, FileTable table, FileSplit split, ReaderContext context)
    {
        _reader = reader;
        _split = split;
        _shareRows = reader.RowGroups.Where(group => group.Index >= split.Start && (split.End < 0 || group.Index < split.End)).Sum(group => group.Rows);
        _scan = reader.Scan(new ParquetScanOptions
        {
            Schema = table.DataSchema,
            FirstRowGroup = (int)split.Start,
            RowGroupCount = split.End < 0 ? null : (int)(split.End - split.Start),
            StartRow = split.Position.Rows > 0 ? split.Position.Rows : null,
            BatchRows = context.BatchRows,
            Unfit = context.Refusals.EndsJob && table.Settings.BadRows == BadRows.Fail ? null : (batch, row, unfit) => Tell(table, context, batch, row, unfit),
        });
    }

    /// <summary>The part of the share's rows that is read, 0 to 1.</summary>
    public double PartRead => 1 - _scan.RowsLeft / (double)Math.Max(1, _shareRows);

    public FilePosition Position => _split.Position with { Rows = _scan.NextRow };

    public static async ValueTask<ParquetScanner> OpenAsync(FileTable table, FileSplit split, IFileStore store, ReaderContext context, CancellationToken stop)
    {
        var reader = await OpenReaderAsync(split.Path, store, context.Memory, stop);
        return Open(reader, table, split, context);
    }

    /// <summary>Reads a whole file from a stream that can seek, which it takes over.</summary>
    public static ISplitScanner Open(FileTable table, Stream file, string name, FilePosition start, ReaderContext context) =>
        Open(ParquetReader.Open(file, name, context.Memory), table, FileSplit.Whole(name, 0) with { Position = start }, context);

    public static async ValueTask<TableSchema> ReadSchemaAsync(StoredFile file, TablePath path, IFileStore store, CancellationToken stop)
    {
        using var reader = await OpenReaderAsync(file.Path, store, BatchMemory.Unlimited(), stop);
        return reader.Schema.WithPath(path);
    }

    /// <summary>The row groups that begin a share, when shares have about so many bytes of the file.</summary>
    public static async ValueTask<IReadOnlyList<long>> FindBordersAsync(StoredFile file, IFileStore store, long shareBytes, CancellationToken stop)
    {
        using var reader = await OpenReaderAsync(file.Path, store, BatchMemory.Unlimited(), stop);
        // Row groups tell their size before compression: they share the file's bytes by it.
        var plainBytes = Math.Max(1, reader.RowGroups.Sum(group => group.Bytes));
        var borders = new List<long>();
        double bytes = 0;
        foreach (var group in reader.RowGroups)
        {
            if (bytes >= shareBytes)
            {
                borders.Add(group.Index);
                bytes = 0;
            }
            bytes += (double)group.Bytes / plainBytes * file.Bytes;
        }
        return borders;
    }

    public ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop) => _scan.ReadAsync(stop);

    public ValueTask DisposeAsync()
    {
        _scan.Dispose();
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ParquetScanner Open(ParquetReader reader, FileTable table, FileSplit split, ReaderContext context)
    {
        try
        {
            return new ParquetScanner(reader, table, split, context);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>A row with a value that its column's type cannot hold.</summary>
    private void Tell(FileTable table, ReaderContext context, ColumnBatch batch, int row, UnfitRows unfit)
    {
        var why = unfit.Why(row, batch.FirstRow);
        var number = batch.FirstRow + row + 1;
        var place = string.Create(CultureInfo.InvariantCulture, $"{_reader.Name}, row {number}");
        if (table.Settings.BadRows == BadRows.Skip) context.Skipped(new SkippedRow(table.Schema.TableId, place, why.What));
        else context.Refusals.Refuse(new UnreadRow(table.Schema, TextOf(batch, row, unfit), place, number), why);
    }

    /// <summary>The row's values as JSON; null in place of those that do not fit.</summary>
    private static string TextOf(ColumnBatch batch, int row, UnfitRows unfit)
    {
        var json = new ByteWriter();
        json.Append((byte)'{');
        for (var i = 0; i < batch.ColumnCount; i++)
        {
            var name = batch.Schema.Columns[i].Name;
            if (i > 0) json.Append((byte)',');
            JsonText.AppendString(json, Encoding.UTF8.GetBytes(name));
            json.Append((byte)':');
            if (unfit.Has(row, name)) json.Append("null"u8);
            else JsonText.Append(json, batch[i], row);
        }
        json.Append((byte)'}');
        return Encoding.UTF8.GetString(json.Written);
    }

    private static async ValueTask<ParquetReader> OpenReaderAsync(string path, IFileStore store, BatchMemory memory, CancellationToken stop)
    {
        // The library reads a file on the disk faster than through a stream of ours.
        if (store.DiskPathOf(path) is { } onDisk) return ParquetReader.Open(onDisk, memory);
        return ParquetReader.Open(await store.OpenReadAsync(path, stop), path, memory);
    }
}
