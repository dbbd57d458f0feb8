using Apache.Arrow;
using Chunnel.Core;

namespace Chunnel.Formats.Arrow;

/// <summary>
/// A batch as Arrow sees it. While it lives, the blocks behind it live; a C consumer that took it pins the blocks itself and may keep them longer.
/// </summary>
public sealed class ArrowBatch : IDisposable
{
    private readonly ColumnBatch _batch;
    private readonly List<ColumnBuffer> _converted;

    internal ArrowBatch(ColumnBatch batch, RecordBatch records, List<ColumnBuffer> converted, long rounded, long changed)
    {
        _batch = batch;
        _converted = converted;
        Records = records;
        ValuesRounded = rounded;
        ValuesOutOfRange = changed;
    }

    /// <summary>The view. Not to be used once this is disposed.</summary>
    public RecordBatch Records { get; }

    /// <summary>Timestamps that lost digits.</summary>
    public long ValuesRounded { get; }

    /// <summary>Timestamps that the unit cannot hold, clamped or made null.</summary>
    public long ValuesOutOfRange { get; }

    public void Dispose()
    {
        Records.Dispose();
        foreach (var buffer in _converted) buffer.Block!.Release();
        _batch.Dispose();
    }
}
