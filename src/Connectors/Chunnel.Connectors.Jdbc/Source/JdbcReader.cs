using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Reads the splits of one subtask, one after the other, over one connection. Between two batches its position is the next row.</summary>
internal sealed class JdbcReader(JdbcSourceSettings settings, IReadOnlyList<JdbcTable> tables, ReaderContext context, Action<string> say) : ISourceReader
{
    private readonly SplitQueue<JdbcSplit> _splits = new(context.RequestSplit);
    private readonly Looseness _looseness = new(settings.OutOfRange, settings.PrecisionLoss);
    private readonly ByteWriter _keyText = new(capacity: 256);
    private readonly long[] _rowsOfTable = new long[tables.Count];
    private IDatabase? _database;
    private string? _databaseName;
    private IRowReading? _reading;

    public SplitAmount? Done => _splits.Done;

    /// <summary>Each table is at least one split: a reader that will surely have work connects while others open.</summary>
    public async ValueTask OpenAsync(CancellationToken stop)
    {
        if (context.Subtask < tables.Count) await ConnectAsync(tables[context.Subtask], stop);
    }

    public void AddSplits(IReadOnlyList<SourceSplit> splits) => _splits.Add(splits);

    public void NoMoreSplits() => _splits.NoMore();

    public async ValueTask<ReadResult> ReadAsync(CancellationToken stop)
    {
        while (_splits.Current is { } split)
        {
            _reading ??= await BeginAsync(split, stop);
            if (await _reading.ReadAsync(_rowsOfTable[split.Table], stop) is { } batch)
            {
                _rowsOfTable[split.Table] += batch.Rows;
                _splits.Advance(split with
                {
                    Rows = split.Rows + batch.Rows,
                    After = split.ByKey ? KeyOf(batch, tables[split.Table]) : null,
                    Checksum = split.ByKey ? 0 : _reading.Checksum,
                });
                return ReadResult.Of(batch);
            }
            await EndReadingAsync();
            TellOfRounding(split);
            _splits.End();
        }
        return _splits.WithoutSplit();
    }

    public IReadOnlyList<SourceSplit> Snapshot(long checkpointId) => _splits.Left;

    public async ValueTask DisposeAsync()
    {
        await EndReadingAsync();
        if (_database is not null) await _database.DisposeAsync();
        _database = null;
    }

    private async ValueTask<IRowReading> BeginAsync(JdbcSplit split, CancellationToken stop)
    {
        var table = tables[split.Table];
        var database = await ConnectAsync(table, stop);
        var reading = await database.ReadAsync(SplitQuery.Of(table, split, settings.Dialect, database), table.Schema, context, _looseness, sameOrder: !split.ByKey, stop);
        if (split.ByKey || split.Rows == 0) return reading;
        try
        {
            await SkipAsync(reading, split, stop);
            return reading;
        }
        catch
        {
            await reading.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<IDatabase> ConnectAsync(JdbcTable table, CancellationToken stop)
    {
        if (_database is { } open && _databaseName == table.Database) return open;
        if (_database is not null) await _database.DisposeAsync();
        _database = null;
        _database = await settings.Dialect.OpenAsync(settings.Connection, table.Database, stop);
        _databaseName = table.Database;
        return _database;
    }

    /// <summary>Reads once more what was given out, and makes sure that it is the same.</summary>
    private async ValueTask SkipAsync(IRowReading reading, JdbcSplit split, CancellationToken stop)
    {
        if (await reading.SkipAsync(split.Rows, stop) == split.Rows && reading.Checksum == split.Checksum) return;
        throw new ChunnelException(JdbcErrors.ReadFailed, $"The first {split.Rows:N0} rows of '{tables[split.Table].Schema.TableId}' are not what they were when the checkpoint was taken: reading cannot go on without losing or doubling rows.")
        {
            Mend = "Begin the job anew. To read a table that changes meanwhile so that a job can go on, set 'split.size' or parallelism = 2: then a table with a primary key is read in its order.",
        };
    }

    private async ValueTask EndReadingAsync()
    {
        if (_reading is not { } reading) return;
        _reading = null;
        await reading.DisposeAsync();
    }

    private string[] KeyOf(ColumnBatch batch, JdbcTable table)
    {
        var key = new string[table.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            var value = batch.LastOf(table.Schema.IndexOf(table.Key[i]));
            _keyText.Clear();
            ValueText.Append(_keyText, value, 0, TextFormat.Json);
            value.Release();
            key[i] = Encoding.UTF8.GetString(_keyText.Written);
        }
        return key;
    }

    private void TellOfRounding(JdbcSplit split)
    {
        if (_looseness.Rounded == 0) return;
        say(FormattableString.Invariant($"Table '{tables[split.Table].Schema.TableId}': {_looseness.Rounded:N0} numbers lost digits behind the point that DECIMAL(38, 18) does not keep. Cast the column in a query to keep others, or set precision_loss = \"fail\"."));
        _looseness.Rounded = 0;
    }
}
