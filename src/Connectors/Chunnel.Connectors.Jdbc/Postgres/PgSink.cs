using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Writes one table into PostgreSQL.</summary>
internal sealed class PgSink : ISink
{
    private readonly JdbcSinkSettings _settings;
    private readonly PgTransactions _transactions;

    public PgSink(JdbcSinkSettings settings, SinkContext context)
    {
        _settings = settings;
        _transactions = new PgTransactions(settings, context.JobId);
        Table = context.Table;
    }

    public TableSchema Table { get; }

    public SinkDelivery Delivery => _settings switch
    {
        { ExactlyOnce: true } => SinkDelivery.ExactlyOnce,
        { Way: WriteWay.Merge, Upserts: true, InsertOnly: false } => SinkDelivery.Idempotent,
        _ => SinkDelivery.AtLeastOnce,
    };

    public ISaveMode? SaveMode => _settings.Generates ? new PgSaveMode(_settings, Table) : null;

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states)
    {
        if (_settings.Way == WriteWay.Statement) return new PgStatementWriter(_settings, _transactions, context, [.. states.Select(PgWriterState.FromBytes)]);
        return new PgWriter(_settings, Table, _transactions, context, [.. states.Select(PgWriterState.FromBytes)]);
    }

    public IAggregatedCommitter? CreateAggregatedCommitter() => _settings.ExactlyOnce ? new PgCommitter(_transactions) : null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
