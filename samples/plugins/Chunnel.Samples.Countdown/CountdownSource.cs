using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>What is read, and the makers of those who hand out and read its splits.</summary>
internal sealed class CountdownSource(long from, string? name) : ISource
{
    private readonly TableSchema _table = new(name is null ? TablePath.Default : TablePath.Parse(name), [new ColumnDef("left", DataType.BigInt)]);

    public bool IsBounded => true;

    public IReadOnlyList<TableSchema> Tables => [_table];

    // A split says how far it is, and the same numbers come again: so a failure loses and doubles nothing.
    public SourceReplay Replay => SourceReplay.Exact;

    public ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state) =>
        new CountdownEnumerator(context, state is null ? new CountdownSplit(from) : state.Length == 0 ? null : (CountdownSplit)ReadSplit(state));

    public ISourceReader CreateReader(ReaderContext context) => new CountdownReader(_table, context);

    public byte[] WriteSplit(SourceSplit split) => CountdownSplit.ToBytes((CountdownSplit)split);

    public SourceSplit ReadSplit(byte[] bytes) => CountdownSplit.FromBytes(bytes);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
