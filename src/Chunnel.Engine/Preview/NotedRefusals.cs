using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Tells of refused rows where a job is looked at: it writes none of them anywhere.</summary>
internal sealed class NotedRefusals : IRowRefusals
{
    private readonly Action<string> _note;
    private readonly string _fate;

    private NotedRefusals(Action<string> note, RefusedRows policy)
    {
        _note = note;
        _fate = policy == RefusedRows.DeadLetter ? "set aside" : "left out";
    }

    public bool EndsJob => false;

    /// <param name="note">Told what happens.</param>
    /// <param name="policy">What becomes of rows that the step refuses.</param>
    public static IRowRefusals Of(Action<string> note, RefusedRows policy) => policy == RefusedRows.Fail ? NoRefusals.Allowed : new NotedRefusals(note, policy);

    public void Refuse(ColumnBatch batch, int row, ChunnelException error) =>
        _note(string.Create(CultureInfo.InvariantCulture, $"{_fate} row {batch.FirstRow + row + 1} of {batch.Schema.TableId}: {error.What}"));

    public void Refuse(UnreadRow row, ChunnelException error) => _note($"{_fate} {row.Position}: {error.What}");
}
