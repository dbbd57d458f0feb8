using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations;

/// <summary>
/// CASE: for each row the value of the first branch whose condition is true, else the last value. All values are of the result's type and
/// stand ready; values that can fail were computed under a guard, only where their branch is taken.
/// </summary>
internal sealed class CaseOperation(IReadOnlyList<Operand> conditions, IReadOnlyList<Operand> values, DataType type) : Operation
{
    private readonly Column[] _columns = new Column[values.Count];
    private byte[] _choices = [];
    private ulong[] _open = [];

    public override void Run(Frame frame)
    {
        Choose(frame);
        for (var i = 0; i < _columns.Length; i++) _columns[i] = values[i].Of(frame);
        var choices = _choices.AsSpan(0, frame.Rows);
        frame.Set(Target, Choices.Gather(type, _columns, choices, frame.Memory));
        Array.Clear(_columns);
    }

    /// <summary>Writes for each row which value it takes.</summary>
    private void Choose(Frame frame)
    {
        if (_choices.Length < frame.Rows) _choices = new byte[frame.Rows];
        if (_open.Length < frame.Words) _open = new ulong[frame.Words];
        var choices = _choices.AsSpan(0, frame.Rows);
        var open = _open.AsSpan(0, frame.Words);
        choices.Fill((byte)(values.Count - 1));
        Bits.FillOnes(open, frame.Rows);
        for (var branch = 0; branch < conditions.Count; branch++)
        {
            var condition = (BoolColumn)conditions[branch].Of(frame);
            var truth = condition.Values;
            var known = condition.Validity;
            for (var word = 0; word < open.Length; word++)
            {
                var taken = open[word] & truth[word] & (known.IsEmpty ? ulong.MaxValue : known[word]);
                open[word] &= ~taken;
                for (; taken != 0; taken &= taken - 1) choices[(word << 6) + System.Numerics.BitOperations.TrailingZeroCount(taken)] = (byte)branch;
            }
        }
    }
}
