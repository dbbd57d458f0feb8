using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// Takes the rows that the steps of one loop refuse: counts them, writes those down that are to be set aside, and hands the letters on between two
/// batches. Steps may refuse from any thread, the loop alone hands on.
/// </summary>
internal sealed class LetterDesk(LetterDeskParts parts) : IDisposable
{
    /// <summary>So many are told in the log; all are counted.</summary>
    private const int MostTold = 10;

    private readonly Lock _lock = new();
    private readonly LetterBuilder _letters = new(parts.JobId, parts.Subtask, parts.Memory, parts.Clock);
    private string _last = "";
    private int _told;
    private bool _isOver;

    /// <summary>Rows that transforms of the loop refused and that are set aside: they are neither emitted nor filtered.</summary>
    public long SetAsideByTransforms { get; private set; }

    /// <summary>What a step is given to refuse rows with.</summary>
    public IRowRefusals Of(string step, RefusedRows policy, RefusingPart part) =>
        policy == RefusedRows.Fail ? NoRefusals.Allowed : new StepRefusals(this, step, policy == RefusedRows.DeadLetter, part);

    /// <summary>Hands on what was written down.</summary>
    public ValueTask SendAsync(CancellationToken stop)
    {
        if (parts.Box is null) return ValueTask.CompletedTask;
        lock (_lock)
        {
            if (_letters.IsEmpty) return ValueTask.CompletedTask;
        }
        return SendNowAsync(stop);
    }

    /// <summary>Everything before the barrier is handed on.</summary>
    public async ValueTask PassBarrierAsync(Barrier barrier, CancellationToken stop)
    {
        if (parts.Box is not { } box) return;
        await SendAsync(stop);
        await box.PassBarrierAsync(parts.Loop, barrier, stop);
    }

    /// <summary>The input has ended and every row has been worked on.</summary>
    /// <exception cref="ChunnelException">Too many rows were refused.</exception>
    public void CheckAtEnd()
    {
        lock (_lock) parts.Limits.CheckAtEnd(_last);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _letters.Dispose();
        }
    }

    private async ValueTask SendNowAsync(CancellationToken stop)
    {
        IReadOnlyList<ColumnBatch> batches;
        lock (_lock) batches = _letters.Take();
        for (var i = 0; i < batches.Count; i++)
        {
            try
            {
                await parts.Box!.SendAsync(parts.Loop, batches[i], stop);
            }
            catch
            {
                foreach (var left in batches.Skip(i + 1)) left.Dispose();
                throw;
            }
        }
    }

    private void Take(StepRefusals step, ColumnBatch batch, int row, ChunnelException error)
    {
        lock (_lock)
        {
            var message = Note(step, batch.Schema.TableId, string.Create(CultureInfo.InvariantCulture, $"row {batch.FirstRow + row + 1}"), error);
            if (step.SetsAside && !_isOver) _letters.Add(step.Name, batch, row, error.Code.Id, message);
            parts.Limits.Check(_last);
        }
    }

    private void Take(StepRefusals step, UnreadRow row, ChunnelException error)
    {
        lock (_lock)
        {
            var message = Note(step, row.Table.TableId, row.Position, error);
            if (step.SetsAside && !_isOver) _letters.Add(step.Name, row.Table.TableId, row.Text, row.Position, row.Number, error.Code.Id, message);
            parts.Limits.Check(_last);
        }
    }

    /// <summary>Counts the row and tells of it, and returns what is wrong with it, without secrets.</summary>
    private string Note(StepRefusals step, string table, string place, ChunnelException error)
    {
        var message = parts.Hide(error.What);
        _last = $"{step.Name}: {error.Code.Id}: {message}";
        (step.SetsAside ? parts.Counts.DeadLettered : parts.Counts.Skipped).Of(table).Add(1, 0);
        switch (step.Part)
        {
            // A row that never became one is not in any batch, and is counted as read here.
            case RefusingPart.Source:
                parts.Read?.Of(table).Add(1, 0);
                if (!step.SetsAside) parts.LeftOut.Of(table).Add(1, 0);
                break;
            case RefusingPart.Transform when step.SetsAside:
                SetAsideByTransforms++;
                break;
            case RefusingPart.Sink when !step.SetsAside:
                parts.LeftOut.Of(table).Add(1, 0);
                break;
        }
        Tell(step, table, place, message);
        return message;
    }

    private void Tell(StepRefusals step, string table, string place, string message)
    {
        if (_told > MostTold) return;
        if (_told++ < MostTold) parts.Log.RowRefused(step.Name, table, place, step.SetsAside ? "set aside" : "left out", message);
        else parts.Log.Warned($"More rows were refused: they are counted, and not told one by one.");
    }

    private sealed class StepRefusals(LetterDesk desk, string name, bool setsAside, RefusingPart part) : IRowRefusals
    {
        public string Name => name;

        public bool SetsAside => setsAside;

        public RefusingPart Part => part;

        public bool EndsJob => false;

        public void Refuse(ColumnBatch batch, int row, ChunnelException error) => desk.Take(this, batch, row, error);

        public void Refuse(UnreadRow row, ChunnelException error) => desk.Take(this, row, error);
    }
}
