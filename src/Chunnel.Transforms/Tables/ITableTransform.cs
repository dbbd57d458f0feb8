using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>What a transform does to one table: stateless, a batch in, at most one out.</summary>
public interface ITableTransform : IDisposable
{
    /// <summary>The table that comes out.</summary>
    TableSchema Output { get; }

    /// <summary>Told once, before the first batch.</summary>
    void Open(TransformRuntime runtime)
    {
    }

    /// <summary>Takes the batch over; null when no row is left.</summary>
    ColumnBatch? Apply(ColumnBatch batch);
}
