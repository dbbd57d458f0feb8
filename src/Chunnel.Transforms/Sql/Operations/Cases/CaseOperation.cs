using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Cases;

/// <summary>
/// CASE: for each row the value of the first branch whose condition is true, else the last value. All values are of the result's type and
/// stand ready; values that can fail were computed under a guard, only where their branch is taken.
/// </summary>
internal sealed class CaseOperation(IReadOnlyList<Operand> conditions, IReadOnlyList<Operand> values, DataType type) : Operation
{
    private readonly Column[] _columns = new Column[values.Count];
    private byte[] _choices = [];

    public override void Run(Frame frame)
    {
        Choose(frame);
        for (var i = 0; i < _columns.Length; i++) _columns[i] = values[i].Of(frame);
        var choices = _choices.AsSpan(0, frame.Rows);
        frame.Set(Target, Choices.Gather(type, _columns, choices, frame.Memory));
        Array.Clear(_columns);
    }

    /// <summary>Writes for each row which value it takes: the last branch first, so that what stays is the first whose condition is true.</summary>
    private void Choose(Frame frame)
    {
        // Whole words of rows, so that no loop has a rest.
        if (_choices.Length < frame.Words << 6) _choices = new byte[frame.Words << 6];
        var choices = _choices.AsSpan(0, frame.Words << 6);
        choices.Fill((byte)(values.Count - 1));
        for (var branch = conditions.Count - 1; branch >= 0; branch--)
        {
            var condition = (BoolColumn)conditions[branch].Of(frame);
            var truth = condition.Values;
            var known = condition.Validity;
            for (var word = 0; word < frame.Words; word++)
            {
                var taken = truth[word] & (known.IsEmpty ? ulong.MaxValue : known[word]);
                SetBytes.Where((uint)taken, (byte)branch, choices[(word << 6)..]);
                SetBytes.Where((uint)(taken >> 32), (byte)branch, choices[((word << 6) + 32)..]);
            }
        }
    }
}
