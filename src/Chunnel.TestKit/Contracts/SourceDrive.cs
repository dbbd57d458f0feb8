using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.TestKit;

/// <summary>Runs a source as the engine does, in the plainest way: one enumerator, readers one after the other, no thread of its own.</summary>
public sealed class SourceDrive(ISource source, int readers, BatchMemory memory, TimeProvider? clock = null, int batchRows = ColumnBatch.AimRows, string? wire = null)
{
    private readonly List<SourceSplit>[] _assigned = [.. Enumerable.Range(0, readers).Select(_ => new List<SourceSplit>())];
    private readonly bool[] _told = new bool[readers];

    /// <summary>Batches after which a read that does not end is called endless.</summary>
    private const int MostBatches = 100_000;

    /// <summary>The splits that the readers get in a fresh run, by reader.</summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<SourceSplit>>> EnumerateAsync(CancellationToken stop, byte[]? state = null)
    {
        foreach (var splits in _assigned) splits.Clear();
        Array.Clear(_told);
        await using var enumerator = source.CreateEnumerator(new Context(this), state);
        await enumerator.OpenAsync(stop);
        for (var reader = 0; reader < readers; reader++) await enumerator.AddReaderAsync(reader, stop);
        await enumerator.RunAsync(stop);
        // Some hand splits out on request only: ask until all have been told that there are no more.
        for (var round = 0; round < MostBatches && source.IsBounded && _told.Contains(false); round++)
        {
            for (var reader = 0; reader < readers; reader++)
            {
                if (!_told[reader]) await enumerator.HandleSplitRequestAsync(reader, stop);
            }
        }
        return [.. _assigned.Select(splits => (IReadOnlyList<SourceSplit>)[.. splits])];
    }

    /// <summary>The enumerator's state before it has handed anything out.</summary>
    public async ValueTask<byte[]> EnumeratorStateAsync(CancellationToken stop)
    {
        await using var enumerator = source.CreateEnumerator(new Context(this), null);
        await enumerator.OpenAsync(stop);
        return enumerator.Snapshot(checkpointId: 1);
    }

    /// <summary>A reader that has its splits and knows that no more come.</summary>
    public async ValueTask<ISourceReader> OpenReaderAsync(int subtask, IReadOnlyList<SourceSplit> splits, CancellationToken stop)
    {
        var reader = source.CreateReader(new ReaderContext { Subtask = subtask, Parallelism = readers, Memory = memory, Clock = clock ?? TimeProvider.System, BatchRows = batchRows, Wire = wire });
        await reader.OpenAsync(stop);
        if (splits.Count > 0) reader.AddSplits(splits);
        reader.NoMoreSplits();
        return reader;
    }

    /// <summary>The next batch, waiting where the reader asks to; null at the end, or when nothing comes any more from a source without end.</summary>
    public async ValueTask<ColumnBatch?> NextAsync(ISourceReader reader, CancellationToken stop)
    {
        while (true)
        {
            var read = await reader.ReadAsync(stop);
            switch (read.Kind)
            {
                case ReadResultKind.Batch: return read.Batch;
                case ReadResultKind.End: return null;
                case ReadResultKind.Idle when read.Until is { } until: await until.WaitAsync(stop); break;
                case ReadResultKind.Idle when read.Wait == Timeout.InfiniteTimeSpan: return null;
                case ReadResultKind.Idle: await Task.Delay(read.Wait, clock ?? TimeProvider.System, stop); break;
            }
        }
    }

    /// <summary>All rows of a reader from here on, each with its table.</summary>
    public async ValueTask<List<SourceRow>> RowsAsync(ISourceReader reader, CancellationToken stop)
    {
        var rows = new List<SourceRow>();
        for (var i = 0; i < MostBatches; i++)
        {
            using var batch = await NextAsync(reader, stop);
            if (batch is null) return rows;
            rows.AddRange(BoxedRows.Of(batch).Select(row => new SourceRow(batch.Schema.TableId, row)));
        }
        throw new InvalidOperationException($"The reader gave {MostBatches:N0} batches and does not end.");
    }

    /// <summary>All rows of a fresh run, reader after reader.</summary>
    public async ValueTask<List<SourceRow>> AllRowsAsync(CancellationToken stop)
    {
        var rows = new List<SourceRow>();
        var splits = await EnumerateAsync(stop);
        for (var subtask = 0; subtask < readers; subtask++)
        {
            await using var reader = await OpenReaderAsync(subtask, splits[subtask], stop);
            rows.AddRange(await RowsAsync(reader, stop));
        }
        return rows;
    }

    private sealed class Context(SourceDrive drive) : IEnumeratorContext
    {
        public int Parallelism => drive._assigned.Length;

        public void Assign(int subtask, IReadOnlyList<SourceSplit> splits) => drive._assigned[subtask].AddRange(splits);

        public void NoMoreSplits(int subtask) => drive._told[subtask] = true;
    }
}

/// <summary>A row with the table that it belongs to.</summary>
public sealed record SourceRow(string Table, BoxedRow Row);
