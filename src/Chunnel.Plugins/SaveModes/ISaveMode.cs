using Chunnel.Core;

namespace Chunnel.Plugins;

public enum SchemaSaveMode
{
    RecreateSchema,
    CreateSchemaWhenNotExist,
    ErrorWhenSchemaNotExist,
    Ignore,
}

public enum DataSaveMode
{
    DropData,
    AppendData,
    CustomProcessing,
    ErrorWhenDataExists,
}

/// <summary>How a sink prepares its target once, before any writer starts (spec config.md 8). The engine decides; this acts.</summary>
public interface ISaveMode : IAsyncDisposable
{
    TableSchema Table { get; }

    SchemaSaveMode Schema { get; }

    DataSaveMode Data { get; }

    /// <summary>The catalog's name, for the log.</summary>
    string Catalog { get; }

    ValueTask<bool> TableExistsAsync(CancellationToken stop);

    ValueTask CreateTableAsync(CancellationToken stop);

    ValueTask DropTableAsync(CancellationToken stop);

    ValueTask<bool> HasDataAsync(CancellationToken stop);

    ValueTask DropDataAsync(CancellationToken stop);

    /// <summary>Runs the sink's <c>custom_sql</c>.</summary>
    ValueTask RunCustomAsync(CancellationToken stop);
}
