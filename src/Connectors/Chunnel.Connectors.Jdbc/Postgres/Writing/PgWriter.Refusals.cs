using System.Globalization;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// How rows are refused: what cannot be encoded is found before it is sent; a flush that the server refuses is taken back to its mark and halved
/// until the rows are found. All of it happens within the transaction that goes on to the checkpoint.
/// </summary>
internal sealed partial class PgWriter
{
    private readonly KeptRows _kept = new(context.Memory.Budget);

    /// <summary>Units of the kept rows that the server refused in this flush, each with what it said.</summary>
    private readonly List<(int Unit, PostgresException Fault)> _refused = [];

    /// <summary>What is encoded is a part of the flush.</summary>
    private bool _holdsPart;

    public long UnsettledRows => MayRefuse ? _rowsOfFlush + _waitingRows : 0;

    private bool MayRefuse => !context.Refusals.EndsJob;

    /// <summary>Encodes and keeps the rows that have a form here, and refuses the others.</summary>
    /// <returns>How many it kept.</returns>
    private int EncodeWhatFits(ColumnBatch batch)
    {
        var (rounded, changed, stripped) = (_strictness.Rounded, _strictness.Changed, _strictness.Stripped);
        try
        {
            var rows = Encode(batch);
            _kept.Add(batch);
            return rows;
        }
        catch (ChunnelException wrong) when (wrong.Code.Blame == Blame.User)
        {
            (_strictness.Rounded, _strictness.Changed, _strictness.Stripped) = (rounded, changed, stripped);
            var units = KeptRows.UnitsOf(batch);
            if (units.Count > 1) return EncodeHalves(batch, units[units.Count / 2].Start);
            for (var at = 0; at < batch.Selected; at++) context.Refusals.Refuse(batch, batch.RowAt(at), wrong);
            return 0;
        }
    }

    private int EncodeHalves(ColumnBatch batch, int middle)
    {
        int kept;
        using (var first = KeptRows.Part(batch, 0, middle)) kept = EncodeWhatFits(first);
        using var second = KeptRows.Part(batch, middle, batch.Selected - middle);
        return kept + EncodeWhatFits(second);
    }

    private async ValueTask FlushWhatIsTakenAsync(CancellationToken stop)
    {
        _refused.Clear();
        _late.Clear();
        // A connection that was lost while parts were tried: all of it is sent again.
        if (_holdsPart) EncodeKept(0, _kept.Units);
        _holdsPart = false;
        try
        {
            await FlushWholeAsync(stop);
        }
        catch (PostgresException fault) when (PgErrors.IsOfRow(fault))
        {
            await TakeBackAsync(stop);
            await new Halving(TryAsync).FindAsync(0, _kept.Units, fault, _refused, stop);
            await SetLateApartAsync(stop);
        }
    }

    /// <summary>Writes a range of units as a flush of its own; what the server says when it refuses it, else null.</summary>
    private async ValueTask<PostgresException?> TryAsync(int from, int to, CancellationToken stop)
    {
        _holdsPart = true;
        EncodeKept(from, to);
        try
        {
            await FlushWholeAsync(stop);
            return null;
        }
        catch (PostgresException fault) when (PgErrors.IsOfRow(fault))
        {
            await TakeBackAsync(stop);
            return fault;
        }
    }

    /// <summary>What values lose was counted when they were encoded first.</summary>
    private void EncodeKept(int from, int to) => EncodeAgain(_kept.Take(from, to));

    private void EncodeAgain(IEnumerable<ColumnBatch> parts)
    {
        var (rounded, changed, stripped) = (_strictness.Rounded, _strictness.Changed, _strictness.Stripped);
        _rows.Clear();
        _sent = 0;
        foreach (var part in parts)
        {
            using (part) Encode(part);
        }
        (_strictness.Rounded, _strictness.Changed, _strictness.Stripped) = (rounded, changed, stripped);
    }

    private async ValueTask TakeBackAsync(CancellationToken stop)
    {
        await EndCopyAsync();
        _sent = 0;
        await _session!.BackToMarkAsync(stop);
    }

    /// <summary>The flush is in the table but for these rows.</summary>
    private void TellRefused()
    {
        foreach (var (unit, fault) in _refused.OrderBy(refused => refused.Unit))
        {
            foreach (var (batch, row) in _kept.RowsOf(unit)) context.Refusals.Refuse(batch, row, Refused(fault, batch.FirstRow + row + 1));
        }
        _rowsWritten -= _refused.Sum(refused => _kept.RowsOf(refused.Unit).Count());
        _refused.Clear();
        _kept.Clear();
        _holdsPart = false;
    }

    private ChunnelException Refused(PostgresException fault, long number) =>
        new(JdbcErrors.FlushFailed, string.Create(CultureInfo.InvariantCulture, $"Table '{settings.Target}' refuses row {number}: {PgErrors.SaidOfRow(fault)}"), fault)
        {
            Where = settings.Block.Where,
            Mend = PgErrors.MendOf(fault),
        };
}
