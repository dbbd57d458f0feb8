using System.Globalization;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>How rows are refused: a round trip that fails is taken back to a mark and halved until the rows are found.</summary>
internal sealed partial class PgStatementWriter
{
    /// <summary>Holds the batches that rows of the flush come from.</summary>
    private readonly List<ColumnBatch> _held = [];

    private readonly List<(int Row, PostgresException Fault)> _refused = [];

    /// <summary>What was said when the server looked at deferred constraints, not at the statement.</summary>
    private readonly HashSet<PostgresException> _late = [];

    private PgDeferred? _deferred;
    private long _heldBytes;

    public long UnsettledRows => MayRefuse ? _rows.Count : 0;

    private bool MayRefuse => !context.Refusals.EndsJob;

    /// <summary>What a statement does with its row is not known, so that none can wait: where a flush is not the whole transaction, rows stand or fall with that.</summary>
    private bool ChecksDeferred => _deferred is not null && settings.AutoCommit && !settings.ExactlyOnce;

    /// <summary>The batch is given back while rows of it wait.</summary>
    private void KeepRowsOf(ColumnBatch batch)
    {
        var first = _rows.FindIndex(row => ReferenceEquals(row.Batch, batch));
        if (first < 0) return;
        var held = batch.Share();
        _held.Add(held);
        _heldBytes += held.Bytes;
        context.Memory.Budget.Keep(held.Bytes);
        for (var i = first; i < _rows.Count; i++) _rows[i] = _rows[i] with { Batch = held };
    }

    private void LetGoOfRows()
    {
        foreach (var held in _held) held.Dispose();
        _held.Clear();
        context.Memory.Budget.LetGo(_heldBytes);
        _heldBytes = 0;
    }

    private async ValueTask RunWhatIsTakenAsync(CancellationToken stop)
    {
        _refused.Clear();
        _late.Clear();
        if (await TryAsync(_rows, stop) is not { } fault) return;
        await new Halving((from, to, ended) => TryAsync(_rows[from..to], ended)).FindAsync(0, _rows.Count, fault, _refused, stop);
        var late = _refused.Where(one => _late.Contains(one.Fault)).OrderBy(one => one.Row).ToList();
        if (late.Count > 0) await new LateRows(_deferred!, keepsOrder: true, (rows, ended) => TryAsync([.. rows.Select(row => _rows[row])], ended)).SettleAsync(late, stop);
    }

    /// <summary>Runs the statement for rows; what the server says when it refuses them, else null.</summary>
    private async ValueTask<PostgresException?> TryAsync(List<StatementRow> rows, CancellationToken stop)
    {
        await _session!.MarkAsync(stop);
        var looks = false;
        try
        {
            await RunAsync(rows, stop);
            looks = ChecksDeferred;
            if (looks) await _session.ExecuteAsync(_deferred!.Check, stop);
            await _session.ForgetMarkAsync(stop);
            return null;
        }
        catch (PostgresException fault) when (PgErrors.IsOfRow(fault))
        {
            if (looks) _late.Add(fault);
            await _session.BackToMarkAsync(stop);
            return fault;
        }
    }

    private void TellRefused()
    {
        foreach (var (row, fault) in _refused.OrderBy(refused => refused.Row))
        {
            var (batch, number) = (_rows[row].Batch, _rows[row].Row);
            context.Refusals.Refuse(batch, number, new ChunnelException(JdbcErrors.FlushFailed, string.Create(CultureInfo.InvariantCulture, $"'query' refuses row {batch.FirstRow + number + 1}: {PgErrors.SaidOfRow(fault)}"), fault)
            {
                Where = settings.Block.Where,
                Mend = PgErrors.MendOf(fault),
            });
        }
        _refused.Clear();
    }
}
