using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Logic;

/// <summary>AND and OR of booleans: null where the known sides do not decide.</summary>
internal sealed class Connection(Operand left, Operand right, bool and) : Operation
{
    public override void Run(Frame frame)
    {
        var (a, b) = ((BoolColumn)left.Of(frame), (BoolColumn)right.Of(frame));
        var values = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = values.As<ulong>();
        var valueA = a.Values;
        var valueB = b.Values;
        if (!a.HasNulls && !b.HasNulls)
        {
            if (and) for (var word = 0; word < bits.Length; word++) bits[word] = valueA[word] & valueB[word];
            else for (var word = 0; word < bits.Length; word++) bits[word] = valueA[word] | valueB[word];
            frame.Set(Target, new BoolColumn(frame.Rows, values, default, 0));
            return;
        }
        var known = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var decided = known.As<ulong>();
        var knownA = a.Validity;
        var knownB = b.Validity;
        for (var word = 0; word < bits.Length; word++)
        {
            var hasA = knownA.IsEmpty ? ulong.MaxValue : knownA[word];
            var hasB = knownB.IsEmpty ? ulong.MaxValue : knownB[word];
            var (trueA, trueB) = (hasA & valueA[word], hasB & valueB[word]);
            bits[word] = and ? trueA & trueB : trueA | trueB;
            decided[word] = (hasA & hasB) | (and ? (hasA & ~valueA[word]) | (hasB & ~valueB[word]) : trueA | trueB);
        }
        frame.Set(Target, Validities.Boolean(frame, values, known));
    }
}

/// <summary>The other truth; null stays null.</summary>
internal sealed class Inversion(Operand operand) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (BoolColumn)operand.Of(frame);
        var values = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = values.As<ulong>();
        var old = from.Values;
        for (var word = 0; word < bits.Length; word++) bits[word] = ~old[word];
        var (known, nulls) = Validities.Of(from);
        frame.Set(Target, new BoolColumn(frame.Rows, values, known, nulls));
    }
}

/// <summary>True where the value is null, or where it is not.</summary>
internal sealed class NullTest(Operand operand, bool isNull) : Operation
{
    public override void Run(Frame frame)
    {
        var column = operand.Of(frame);
        var values = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = values.As<ulong>();
        if (!column.HasNulls) bits.Fill(isNull ? 0 : ulong.MaxValue);
        else if (column is NullColumn) bits.Fill(isNull ? ulong.MaxValue : 0);
        else
        {
            var valid = column.Validity;
            for (var word = 0; word < bits.Length; word++) bits[word] = isNull ? ~valid[word] : valid[word];
        }
        frame.Set(Target, new BoolColumn(frame.Rows, values, default, 0));
    }
}

/// <summary>Where the right side of AND (OR) may run: not where the left is already false (true). Never null.</summary>
internal sealed class Undecided(Operand left, bool and) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (BoolColumn)left.Of(frame);
        var values = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var bits = values.As<ulong>();
        var old = from.Values;
        var known = from.Validity;
        for (var word = 0; word < bits.Length; word++)
        {
            var decided = and ? ~old[word] : old[word];
            bits[word] = ~(known.IsEmpty ? decided : decided & known[word]);
        }
        frame.Set(Target, new BoolColumn(frame.Rows, values, default, 0));
    }
}
