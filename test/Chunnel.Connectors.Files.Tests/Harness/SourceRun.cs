using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>An enumerator and its readers, driven one step at a time.</summary>
internal sealed class SourceRun : IEnumeratorContext, IAsyncDisposable
{
    private readonly ISource _source;
    private readonly List<int> _asking = [];
    private readonly ISourceReader[] _readers;
    private readonly ISplitEnumerator _enumerator;

    private SourceRun(ISource source, int parallelism, byte[]? state)
    {
        _source = source;
        Parallelism = parallelism;
        _readers = [.. Enumerable.Range(0, parallelism).Select(i => source.CreateReader(new ReaderContext
        {
            Subtask = i, Parallelism = parallelism, Memory = BatchMemory.Unlimited(), RequestSplit = () => _asking.Add(i), Skipped = Skipped.Add, Warn = Warnings.Add,
        }))];
        _enumerator = source.CreateEnumerator(this, state);
    }

    public int Parallelism { get; }

    public List<SkippedRow> Skipped { get; } = [];

    public List<string> Warnings { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SourceRun> StartAsync(ISource source, int parallelism, Snapshots? from = null)
    {
        var run = new SourceRun(source, parallelism, from?.Enumerator);
        await run._enumerator.OpenAsync(Stop);
        foreach (var reader in run._readers) await reader.OpenAsync(Stop);
        if (from is not null)
        {
            for (var i = 0; i < from.Splits.Count; i++) await run._enumerator.AddSplitsBackAsync([source.ReadSplit(from.Splits[i])], i % parallelism, Stop);
        }
        for (var i = 0; i < parallelism; i++) await run._enumerator.AddReaderAsync(i, Stop);
        await run._enumerator.RunAsync(Stop);
        return run;
    }

    public static async Task<IReadOnlyList<IReadOnlyList<string>>> AllAsync(ISource source, int parallelism)
    {
        await using var run = await StartAsync(source, parallelism);
        return await run.ToEndAsync();
    }

    /// <summary>The rest of the rows, by reader.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> ToEndAsync()
    {
        var rows = _readers.Select(_ => new List<string>()).ToList();
        var ended = new bool[_readers.Length];
        while (ended.Contains(false))
        {
            for (var i = 0; i < _readers.Length; i++)
            {
                if (!ended[i]) ended[i] = !await StepAsync(i, rows[i]);
            }
        }
        return rows;
    }

    /// <summary>One read; false at the end.</summary>
    public async Task<bool> StepAsync(int reader, List<string> rows)
    {
        var read = await _readers[reader].ReadAsync(Stop);
        if (read.Kind == ReadResultKind.End) return false;
        if (read.Batch is { } batch)
        {
            using (batch)
            {
                batch.Selected.ShouldBeGreaterThan(0);
                _source.Tables.ShouldContain(batch.Schema);
                for (var i = 0; i < batch.Selected; i++) rows.Add(Jobs.Text(batch, batch.RowAt(i)));
            }
            return true;
        }
        read.Kind.ShouldBe(ReadResultKind.Idle);
        foreach (var asking in _asking.ToList()) await _enumerator.HandleSplitRequestAsync(asking, Stop);
        _asking.Clear();
        return true;
    }

    public Snapshots Snapshot() => new(_enumerator.Snapshot(1), [.. _readers.SelectMany(reader => reader.Snapshot(1)).Select(_source.WriteSplit)]);

    public void Assign(int subtask, IReadOnlyList<SourceSplit> splits) => _readers[subtask].AddSplits(splits);

    public void NoMoreSplits(int subtask) => _readers[subtask].NoMoreSplits();

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers) await reader.DisposeAsync();
        await _enumerator.DisposeAsync();
    }

    /// <summary>What a checkpoint keeps of a source.</summary>
    public sealed record Snapshots(byte[] Enumerator, IReadOnlyList<byte[]> Splits);
}
