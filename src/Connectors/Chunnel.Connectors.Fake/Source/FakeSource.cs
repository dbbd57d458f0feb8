using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Made-up rows. Every split carries the run's seed and time, so any part can be made again exactly.</summary>
internal sealed class FakeSource(IReadOnlyList<FakeTable> tables, bool bounded, FakeStart start) : ISource
{
    public bool IsBounded => bounded;

    public IReadOnlyList<TableSchema> Tables { get; } = [.. tables.Select(table => table.Schema)];

    public SourceReplay Replay => SourceReplay.Exact;

    /// <summary>What makes this run's rows again when it is set as the option <c>seed</c>.</summary>
    public long Seed => (long)start.Seed;

    public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) => new FakeSplitEnumerator(
        context, bounded, state is null ? FakeSplitEnumerator.Cut(tables, context.Parallelism, start) : FakeSplitList.FromBytes(state));

    public ISourceReader CreateReader(ReaderContext context) => new FakeReader(tables, bounded, context);

    public byte[] WriteSplit(SourceSplit split) => FakeSplitList.ToBytes([(FakeSplit)split]);

    public SourceSplit ReadSplit(byte[] bytes) => FakeSplitList.FromBytes(bytes)[0];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
