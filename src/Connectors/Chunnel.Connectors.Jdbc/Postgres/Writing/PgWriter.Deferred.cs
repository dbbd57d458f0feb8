using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// What becomes of rows that break a constraint which the server would check at the transaction's end only. It is told to look after each flush,
/// while the rows are at hand. A row that it finds then may still become right by a later one: it waits until the transaction ends, and is refused
/// when it is wrong then.
/// </summary>
internal sealed partial class PgWriter
{
    /// <summary>So much waits at most; more is the end of the job.</summary>
    private const int MostWaitingBytes = 16 << 20;

    /// <summary>What the server said of each unit that waits.</summary>
    private readonly List<PostgresException> _waitingFaults = [];

    /// <summary>The numbers of its rows.</summary>
    private readonly List<long[]> _waitingNumbers = [];

    /// <summary>What was said when the server looked, not at the statement.</summary>
    private readonly HashSet<PostgresException> _late = [];

    private KeptRows _waiting = new(context.Memory.Budget);
    private long _waitingRows;
    private PgDeferred? _deferred;

    /// <summary>
    /// Rows by key must be written in their order, so that none of them can wait: they are looked at where the flush is the whole transaction. Where
    /// it is not, they stand or fall with the transaction.
    /// </summary>
    private bool ChecksDeferred => _deferred is not null && (settings.Way != WriteWay.Merge || CommitsFlushes);

    private async ValueTask CheckDeferredAsync(CancellationToken stop)
    {
        if (!ChecksDeferred) return;
        try
        {
            await _session!.ExecuteAsync(_deferred!.Check, stop);
        }
        catch (PostgresException fault) when (PgErrors.IsOfRow(fault))
        {
            _late.Add(fault);
            throw;
        }
    }

    /// <summary>Of the units that were refused in this flush, those that were refused late are tried again, or wait.</summary>
    private async ValueTask SetLateApartAsync(CancellationToken stop)
    {
        var late = _refused.Where(one => _late.Contains(one.Fault)).OrderBy(one => one.Unit).ToList();
        if (late.Count == 0) return;
        _refused.RemoveAll(late.Contains);
        if (CommitsFlushes)
        {
            _refused.AddRange(await SettleAsync(_kept, late, stop));
            return;
        }
        Wait(_kept, late, unit => [.. _kept.RowsOf(unit).Select(one => one.Batch.FirstRow + one.Row)]);
        if (!_waiting.IsFull(MostWaitingBytes)) return;
        await RetryWaitingAsync(stop);
        if (_waiting.IsFull(MostWaitingBytes)) throw _waitingFaults[0];
    }

    private void Wait(KeptRows rows, List<(int Unit, PostgresException Fault)> late, Func<int, long[]> numbersOf)
    {
        foreach (var ofBatch in late.SelectMany(one => rows.RowsOf(one.Unit)).GroupBy(one => one.Batch))
        {
            ushort[] chosen = [.. ofBatch.Select(one => (ushort)one.Row)];
            var selection = ColumnBuffer.Rent<ushort>(ofBatch.Key.Memory, chosen.Length);
            chosen.CopyTo(selection.As<ushort>());
            using var part = ofBatch.Key.WithSelection(selection, chosen.Length);
            _waiting.Add(part);
            _waitingRows += chosen.Length;
        }
        _waitingFaults.AddRange(late.Select(one => one.Fault));
        _waitingNumbers.AddRange(late.Select(one => numbersOf(one.Unit)));
    }

    /// <summary>Before the transaction ends: what waits is tried for the last time, and what is still wrong is refused.</summary>
    private async ValueTask SettleWaitingAsync(CancellationToken stop)
    {
        if (_waiting.Units == 0) return;
        await GuardedAsync(RetryWaitingAsync, stop);
        _holdsPart = false;
        for (var unit = 0; unit < _waiting.Units; unit++)
        {
            foreach (var ((batch, row), number) in _waiting.RowsOf(unit).Zip(_waitingNumbers[unit]))
            {
                using var one = KeptRows.One(batch, row, number);
                context.Refusals.Refuse(one, 0, Refused(_waitingFaults[unit], number + 1));
            }
        }
        _waiting.Clear();
        ForgetWaiting();
    }

    /// <summary>Writes what is right by now; the rest waits on.</summary>
    private async ValueTask RetryWaitingAsync(CancellationToken stop)
    {
        var left = await SettleAsync(_waiting, [.. _waitingFaults.Index()], stop);
        using var tried = _waiting;
        _waiting = new KeptRows(context.Memory.Budget);
        long[][] numbers = [.. _waitingNumbers];
        ForgetWaiting();
        Wait(tried, left, unit => numbers[unit]);
    }

    private void ForgetWaiting()
    {
        _waitingFaults.Clear();
        _waitingNumbers.Clear();
        _waitingRows = 0;
    }

    private ValueTask<List<(int Unit, PostgresException Fault)>> SettleAsync(KeptRows rows, List<(int Unit, PostgresException Fault)> late, CancellationToken stop) =>
        new LateRows(_deferred!, settings.Way == WriteWay.Merge, (units, ended) => TryUnitsAsync(rows, units, ended)).SettleAsync(late, stop);

    /// <summary>Writes units as a flush of their own; what the server says when it refuses them, else null.</summary>
    private async ValueTask<PostgresException?> TryUnitsAsync(KeptRows rows, int[] units, CancellationToken stop)
    {
        _holdsPart = true;
        try
        {
            EncodeAgain(units.SelectMany(unit => rows.Take(unit, unit + 1)));
            await FlushWholeAsync(stop);
            return null;
        }
        catch (PostgresException fault) when (PgErrors.IsOfRow(fault))
        {
            await TakeBackAsync(stop);
            return fault;
        }
        finally
        {
            _rows.Clear();
            _sent = 0;
        }
    }
}
