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

    public string? Wire => _settings.Way == WriteWay.Statement ? null : PgWireForm.Name;

    public DatasetName? Dataset => JdbcDatasets.NameOf(_settings.Connection, _settings.Target, _settings.Database);

    public ISaveMode? SaveMode => _settings.Generates ? new PgSaveMode(_settings, Table) : null;

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states)
    {
        PgWriterState[] found = [.. states.Select(PgWriterState.FromBytes)];
        IVisibleWriter writer = _settings.Way == WriteWay.Statement ? new PgStatementWriter(_settings, _transactions, context, found) : new PgWriter(_settings, Table, _transactions, context, found);
        return _settings.ShowsByTime ? new TimedWriter(writer, _settings.BatchInterval, context.Clock) : writer;
    }

    public IAggregatedCommitter? CreateAggregatedCommitter() => _settings.ExactlyOnce ? new PgCommitter(_transactions) : null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
